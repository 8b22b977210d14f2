//! VolSync: whether the last synchronization went well.
//! See <https://volsync.readthedocs.io/en/stable/usage/index.html>.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::health::{Health, Status};

/// Only a failure; its logs may hold anything and are not shown.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let result = custom.status.text("latestMoverStatus.result");
    (result == "Failed").then(|| {
        let message = "the last synchronization failed";
        Health::new(Status::Failed, "MoverFailed", message).since(began(custom))
    })
}
