//! storage/claim-not-bound: A claim gets no volume.
//!
//! The PersistentVolumeClaim waits: its class does not exist, no class is the default, nothing
//! provisions for the class, or the provisioner says why it cannot. Pods that mount the claim cannot
//! start. A claim whose class waits for the first pod is meant to wait as long as there is none.
//!
//! The message quotes the provisioner. See also what the claim asks for:
//! `kubectl -n NAMESPACE describe pvc NAME`.

use shared::facts::kinds::storage::{PersistentVolumeClaim, StorageClass};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::claim::{self, Class};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::span::lasting;
use crate::checks::evidence::{driver, remedy};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::PersistentVolumeClaim),
    declared(Kind::StorageClass).lookup(),
    live(Kind::Event).hint(),
    live(Kind::Pod).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::DaemonSet).hint(),
    declared(Kind::StatefulSet).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut waiting = Vec::new();
    let mut siblings = Siblings::default();
    let pending = view.all::<PersistentVolumeClaim>().iter();
    for claim in pending.filter(|claim| claim::is_pending(claim, view.now())) {
        let class = claim::class(view, claim);
        let object = claim.reference();
        let said = view
            .warnings_about(&object)
            .find(|event| event.reason.contains("Failed"))
            .map(|event| event.message.trim());
        let why = match &class {
            Class::Missing(name) => format!("its class {name} does not exist"),
            Class::NoDefault => "it names no class, and no class is the default".to_owned(),
            Class::ByHand => "no volume fits, and it wants none made".to_owned(),
            Class::Known(class) if said.is_none() && claim::may_wait(view, claim, class) => {
                continue;
            }
            Class::Known(class) => said.map_or_else(
                || {
                    format!(
                        "provisioner {} of class {} has made none",
                        class.provisioner, class.metadata.name
                    )
                },
                |said| format!("{}: {said}", class.provisioner),
            ),
        };
        siblings.add(object, &why, "");
        waiting.push((claim, class, why));
    }
    for (claim, class, why) in waiting {
        let object = claim.reference();
        let name = &claim.metadata.name;
        let lasting = lasting(claim.metadata.creation_timestamp, view.now());
        let finding = found.error(claim, format!("claim {name} has no volume{lasting}: {why}"));
        finding
            .remedy(remedy::describe(&object))
            .suspect(siblings.of(&object));
        match class {
            Class::Missing(name) => {
                finding.blame(ObjectRef::new(
                    "storage.k8s.io/v1",
                    "StorageClass",
                    "",
                    name,
                ));
            }
            Class::NoDefault => {
                finding.suspect(view.all::<StorageClass>().iter().map(Fact::reference));
            }
            Class::Known(class) => {
                finding
                    .suspect([class.reference()])
                    .suspect(driver::storage(view, &class.provisioner));
            }
            Class::ByHand => {}
        }
    }
}
