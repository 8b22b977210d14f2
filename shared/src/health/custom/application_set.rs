//! Argo CD's ApplicationSets.
//! See <https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/>.

use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// An error beats all; without one it is well once its Applications are up to date.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let conditions = custom.status.conditions();
    let is_true = |name| condition(conditions, name).filter(|c| c.is_true());
    if let Some(error) = is_true("ErrorOccurred") {
        return Some(because(Status::Failed, error));
    }
    if let Some(going) = is_true("RolloutProgressing") {
        return Some(because(Status::InProgress, going));
    }
    condition(conditions, "ResourcesUpToDate").map(|up_to_date| {
        let status = if up_to_date.is_true() {
            Status::Current
        } else {
            Status::InProgress
        };
        because(status, up_to_date)
    })
}
