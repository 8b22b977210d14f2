//! Pull Secrets that a registry refuses: what several images cannot be pulled with is at fault, none of
//! the images.
//!
//! A check that uses this hints at `Kind::Secret`.

use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, View};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::workload::Workload;
use crate::checks::evidence::secrets::{origin, reflector};
use crate::checks::evidence::services::users::listed;

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
        // A copy is at fault itself where its source has changed since.
        let source = reflector::same_source(view, &known.metadata);
        let secret = source.map_or_else(|| secret.clone(), Fact::reference);
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
