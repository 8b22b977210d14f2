//! `ready: false` and the like.

use super::states::{message, told};
use super::words::tells_failure;
use crate::facts::kinds::custom::Custom;
use crate::health::{Health, Status};

/// Fields that are `true` when all is well, the plainest first.
const FLAGS: &[&str] = &[
    "ready",
    "isReady",
    "healthy",
    "isHealthy",
    "readyToUse",
    "available",
    "isAvailable",
    "applied",
    "valid",
    "isValid",
    "connected",
    "isConnected",
];

/// A flag that is `false` until work is done, unless there is a word beside it.
const SUCCESS: &str = "success";

/// What the first of them says.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let message = message(custom);
    let success = (!message.is_empty()).then_some(&SUCCESS);
    let mut flags = FLAGS.iter().chain(success);
    let flag = flags.find(|key| matches!(status.text(key), "true" | "false"))?;
    if status.text(flag) == "true" {
        return Some(Health::current());
    }
    let verdict = if tells_failure(&message) {
        Status::Failed
    } else {
        Status::InProgress
    };
    Some(told(custom, verdict, &format!("{flag}: false")))
}
