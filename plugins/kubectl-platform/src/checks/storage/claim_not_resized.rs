//! storage/claim-not-resized: A volume could not be made larger.
//!
//! The claim asks for more room than its volume has, and the driver cannot give it. The pod goes on
//! with the room that there is, until that is used up.
//!
//! The message quotes the driver: mostly the class does not allow it, or the storage has no more room;
//! `kubectl -n NAMESPACE describe pvc NAME` shows all that it said.

use crate::checks::evidence::words::remedy;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[live(Kind::PersistentVolumeClaim), live(Kind::Event).hint()];

/// See <https://kubernetes.io/docs/concepts/storage/persistent-volumes/#recovering-from-failure-when-expanding-volumes>.
const ERRORS: [&str; 2] = ["ControllerResizeError", "NodeResizeError"];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for claim in view.all::<PersistentVolumeClaim>() {
        let conditions = claim.status.conditions.iter();
        let mut failed = conditions
            .filter(|condition| condition.is_true() && ERRORS.contains(&condition.r#type.as_str()));
        let resizes =
            condition(&claim.status.conditions, "Resizing").is_some_and(|one| one.is_true());
        let object = claim.reference();
        let mut events = view
            .warnings_about(&object)
            .filter(|event| resizes && event.reason == "VolumeResizeFailed");
        let said = failed.next().map(|failed| failed.message.as_str());
        let Some(said) = said.or_else(|| Some(events.next()?.message.as_str())) else {
            continue;
        };
        let name = &claim.metadata.name;
        let finding = found.warning(claim, format!("claim {name} is not made larger: {said}"));
        finding.remedy(remedy::describe(&claim.reference()));
    }
}
