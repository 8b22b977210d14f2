//! kstatus' rules: what all kinds have in common that write the usual fields and conditions.
//! See <https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/status/generic.go>.

use super::{Health, Status};
use crate::facts::meta::{Condition, Meta, condition};

/// The reason of an object without a status.
pub(super) const NO_STATUS: &str = "NoStatus";

/// A verdict that a condition gives.
pub(super) fn because(status: Status, condition: &Condition) -> Health {
    Health::new(status, &condition.reason, &condition.message).since(condition.last_transition_time)
}

/// An object that is on its way for as long as it exists.
pub(super) fn since_created(meta: &Meta, reason: &str, message: impl Into<String>) -> Health {
    Health::new(Status::InProgress, reason, message).since(meta.creation_timestamp)
}

/// No controller has said anything of the object yet.
pub(super) fn no_status(meta: &Meta) -> Health {
    since_created(meta, NO_STATUS, "no controller has reported on it yet")
}

/// What holds before all else: the object is being deleted, or its controller has not seen its
/// latest generation. `observed` is 0 where the controller does not say.
pub(super) fn first(meta: &Meta, observed: i64) -> Option<Health> {
    if meta.deletion_timestamp.0.is_some() {
        let held = meta.finalizers.join(", ");
        let message = if held.is_empty() {
            String::new()
        } else {
            format!("finalizers: {held}")
        };
        return Some(
            Health::new(Status::Terminating, "Deleted", message).since(meta.deletion_timestamp),
        );
    }
    (observed != 0 && meta.generation != 0 && observed < meta.generation).then(|| {
        // Flux writes -1 until it has looked at all.
        let since = if observed < 0 {
            meta.creation_timestamp
        } else {
            Default::default()
        };
        let message = format!("generation {} is not observed yet", meta.generation);
        Health::new(Status::InProgress, "LatestGenerationNotObserved", message).since(since)
    })
}

/// `Stalled` and `Reconciling`, the two conditions that say that something is not as it is meant.
pub(super) fn abnormal(conditions: &[Condition]) -> Option<Health> {
    let is_true = |name| condition(conditions, name).filter(|condition| condition.is_true());
    is_true("Stalled")
        .map(|stalled| because(Status::Failed, stalled).for_good())
        .or_else(|| is_true("Reconciling").map(|going| because(Status::InProgress, going)))
}

/// A condition that is `True` when all is well, and `False` when something failed.
pub(super) fn by(conditions: &[Condition], name: &str) -> Option<Health> {
    let found = condition(conditions, name)?;
    Some(because(
        match found.status.as_str() {
            "True" => Status::Current,
            "False" => Status::Failed,
            _ => Status::InProgress,
        },
        found,
    ))
}
