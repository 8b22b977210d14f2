//! storage/claim-lost: A claim has lost its volume.
//!
//! The PersistentVolume that the claim was bound to does not exist any more. What was on it is out of
//! reach, and pods that mount the claim cannot start.
//!
//! Bring the volume back from a backup, or delete the claim so that a new one is made, empty:
//! `kubectl -n NAMESPACE get pvc NAME -o yaml` tells which volume it was.

use crate::checks::evidence::words::remedy;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

pub(super) const NEEDS: &[Need] = &[live(Kind::PersistentVolumeClaim)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for claim in view.all::<PersistentVolumeClaim>() {
        if claim.status.phase != "Lost" {
            continue;
        }
        let (name, volume) = (&claim.metadata.name, &claim.spec.volume_name);
        let message =
            format!("claim {name} has lost its volume {volume}: the data on it is out of reach");
        let finding = found.error(claim, message);
        finding.blame(ObjectRef::new("v1", "PersistentVolume", "", volume.clone()));
        finding.remedy(remedy::describe(&claim.reference()));
    }
}
