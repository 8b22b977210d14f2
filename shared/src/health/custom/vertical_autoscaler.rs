//! Vertical pod autoscalers: one that has nothing to recommend yet, or never will as its target rests, works.
//! See <https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/api.md>.

use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// What is wrong with it stands in one condition; the others tell how far it is.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let unsupported = condition(custom.status.conditions(), "ConfigUnsupported");
    let unsupported = unsupported.filter(|condition| condition.is_true());
    Some(unsupported.map_or_else(Health::current, |condition| {
        because(Status::Failed, condition)
    }))
}
