//! storage/volume-failed: A volume could not be cleaned up.
//!
//! The claim of the volume is gone, and the driver could not delete what is behind it, so room is
//! taken (and paid for) that nobody uses.
//!
//! The message quotes the driver. Delete what is behind it by hand, then the volume:
//! `kubectl delete pv NAME`.

use crate::checks::evidence::words::remedy::command;
use shared::facts::kinds::storage::PersistentVolume;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[live(Kind::PersistentVolume)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for volume in view.all::<PersistentVolume>() {
        if volume.status.phase != "Failed" {
            continue;
        }
        let name = &volume.metadata.name;
        let message = format!(
            "volume {name} could not be cleaned up: {}",
            volume.status.message
        );
        found
            .warning(volume, message)
            .remedy(command!("kubectl describe pv {}", name));
    }
}
