//! Which component an object belongs to: by what it says of itself, by its owner, or because its
//! namespace holds nothing else.

mod own;
mod version;
mod workload;

use std::borrow::Cow;
use std::collections::HashMap;

use shared::facts::Facts;
use shared::facts::meta::Meta;
use shared::object::ObjectRef;

use own::{KUBERNETES, of_group, own};
use workload::workloads;

pub use version::Versions;

/// How long a chain of owners may be: CronJob, Job, Pod and a bit.
const OWNERS: usize = 5;

/// The components of a platform, as its objects show them.
pub struct Discovered<'a> {
    facts: &'a Facts,
    /// The only component with workloads in a namespace; nothing where there are several.
    namespaces: HashMap<&'a str, Option<Cow<'a, str>>>,
}

impl<'a> Discovered<'a> {
    /// Looks at the workloads of all namespaces.
    pub fn new(facts: &'a Facts) -> Self {
        let mut namespaces = HashMap::new();
        for workload in workloads(facts) {
            let component = own(workload.meta);
            namespaces
                .entry(workload.meta.namespace.as_str())
                .and_modify(|only| {
                    if *only != component {
                        *only = None;
                    }
                })
                .or_insert(component);
        }
        Self { facts, namespaces }
    }

    /// The component of an object, whether it was read or not.
    pub fn of(&self, object: &ObjectRef) -> Option<String> {
        let found = match self.facts.meta(object) {
            Some(meta) => self.of_meta(meta, OWNERS),
            None => of_group(object.group()).map(Cow::Borrowed),
        };
        found
            .or_else(|| self.namespaces.get(object.namespace()).cloned().flatten())
            .or_else(|| is_kubernetes(object.namespace()).then_some(Cow::Borrowed(KUBERNETES)))
            .map(Cow::into_owned)
    }

    fn of_meta<'m>(&self, meta: &'m Meta, owners: usize) -> Option<Cow<'m, str>>
    where
        'a: 'm,
    {
        own(meta).or_else(|| {
            let owner = meta.controller()?;
            let owner = ObjectRef::new(
                owner.api_version.clone(),
                owner.kind.clone(),
                &meta.namespace,
                owner.name.clone(),
            );
            let owner = self.facts.meta(&owner).filter(|_| owners > 0)?;
            self.of_meta(owner, owners - 1)
        })
    }
}

fn is_kubernetes(namespace: &str) -> bool {
    namespace == "default" || namespace.starts_with("kube-")
}
