//! Pull Secrets that a registry refuses: what several images cannot be pulled with is at fault, none of
//! the images.
//!
//! A check that uses this hints at `Kind::Secret`.

use shared::facts::kinds::secret::Secret;
use shared::facts::meta::Meta;
use shared::facts::{Kind, View};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::origin;
use super::users::listed;
use super::workload::Workload;

/// Pull Secrets, each with the workloads that a registry refused it to and the images' repositories.
#[derive(Default)]
pub(in crate::checks) struct Refused(Vec<One>);

struct One {
    secret: ObjectRef,
    registry: String,
    repositories: Vec<String>,
    workloads: Vec<ObjectRef>,
    origin: Vec<ObjectRef>,
}

impl Refused {
    /// Notes that a workload was refused an image with a Secret that is there.
    pub(in crate::checks) fn add(
        &mut self,
        view: &View<'_>,
        secret: &ObjectRef,
        workload: &Workload<'_>,
        (registry, image): (&str, &str),
    ) {
        let Some(known) = view.get::<Secret>(secret.namespace(), &secret.name) else {
            return;
        };
        let origin = origin::of_secret(view, workload, &secret.name);
        let secret = source(view, &known.metadata).unwrap_or_else(|| secret.clone());
        let tail = image.rfind('/').map_or(0, |slash| slash + 1);
        let name = &image[tail..];
        let repository = image[..tail].to_owned() + name.split([':', '@']).next().unwrap_or(name);
        let known = self
            .0
            .iter_mut()
            .find(|one| one.secret == secret && one.registry == registry);
        match known {
            Some(one) => {
                one.repositories.push(repository);
                one.workloads.push(workload.object.clone());
                one.origin.extend(origin);
            }
            None => self.0.push(One {
                secret,
                registry: registry.to_owned(),
                repositories: vec![repository],
                workloads: vec![workload.object.clone()],
                origin,
            }),
        }
    }

    /// Says so of each Secret that images of more than one repository were refused with.
    pub(in crate::checks) fn report(self, found: &mut Findings) {
        for one in self.0 {
            let mut repositories = one.repositories.iter();
            let first = repositories.next();
            if repositories.all(|other| Some(other) == first) {
                continue;
            }
            let told = format!(
                "{} refuses its credentials: {} cannot pull their images",
                one.registry,
                listed(&one.workloads)
            );
            let finding = found.missing(Level::Error, one.secret, told);
            finding.made_by(one.origin);
        }
    }
}

/// What a Secret is a copy of, unless that has changed since: then the copy is at fault.
fn source(view: &View<'_>, copy: &Meta) -> Option<ObjectRef> {
    let mark = |name: &str| copy.annotation(&format!("reflector.v1.k8s.emberstack.com/{name}"));
    let (namespace, name) = mark("reflects").split_once('/')?;
    let source = view.get::<Secret>(namespace, name)?;
    let copied = mark("reflected-version");
    let is_same = copied.is_empty() || copied == source.metadata.resource_version;
    is_same.then(|| Kind::Secret.object(namespace, name))
}
