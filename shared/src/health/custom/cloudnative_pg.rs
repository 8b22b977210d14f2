//! CloudNativePG's clusters, by their phase: a sentence.
//! See <https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/>.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// The phase of a cluster that is as it should be.
const HEALTHY: &str = "Cluster in healthy state";

/// Words of phases that only a person ends.
const FAILED: &[&str] = &[
    "cannot",
    "error",
    "fail to",
    "failure",
    "incomplete",
    "invalid",
    "missing",
    "not enough",
    "unable",
    "unrecoverable",
];

/// Nothing where there is no phase yet.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let resting = condition(status.conditions(), "cnpg.io/hibernation").filter(|c| c.is_true());
    if let Some(resting) = resting {
        return Some(because(Status::Suspended, resting));
    }
    let phase = status.text("phase");
    if phase.is_empty() || phase == HEALTHY {
        return None;
    }
    let words = phase.to_ascii_lowercase();
    let verdict = if FAILED.iter().any(|word| words.contains(word)) {
        Status::Failed
    } else if words.contains("waiting for user") {
        Status::Suspended
    } else {
        Status::InProgress
    };
    let reason = status.text("phaseReason");
    let message = if reason.is_empty() {
        phase.to_owned()
    } else {
        format!("{phase}: {reason}")
    };
    Some(Health::new(verdict, "Phase", message).since(began(custom)))
}
