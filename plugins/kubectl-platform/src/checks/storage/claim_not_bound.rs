//! storage/claim-not-bound: A claim gets no volume.
//!
//! The PersistentVolumeClaim waits: its class does not exist, no class is the default, nothing
//! provisions for the class, or the provisioner says why it cannot. Pods that mount the claim cannot
//! start. A claim whose class waits for the first pod is meant to wait as long as there is none.
//!
//! The message quotes the provisioner. See also what the claim asks for:
//! `kubectl -n NAMESPACE describe pvc NAME`.

use shared::facts::kinds::storage::StorageClass;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::volumes::claim::{self, Class};
use crate::checks::evidence::volumes::driver;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span::lasting;

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
    let waiting = claim::waiting(view);
    let mut siblings = Siblings::default();
    for (claim, _, why) in &waiting {
        siblings.add(claim.reference(), why, "");
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
                finding.blame(Kind::StorageClass.object("", name));
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
