//! CloudNativePG's clusters, by their phase: a sentence.
//! See <https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/>.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// Annotations by which a person tells the operator to leave a cluster alone.
const LEFT_ALONE: &[&str] = &["cnpg.io/reconciliationLoop", "cnpg.io/reconciliation"];

/// The phase of a cluster that is as it should be.
const HEALTHY: &str = "Cluster in healthy state";

/// Words of phases that only a person ends.
const FAILED: &[&str] = &[
    "cannot",
    "error",
    "fail to",
    "failing over",
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
    if LEFT_ALONE
        .iter()
        .any(|key| custom.metadata.annotation(key) == "disabled")
    {
        return Some(Health::new(Status::Suspended, "ReconciliationDisabled", ""));
    }
    if let Some(resting) = condition(status.conditions(), "cnpg.io/hibernation") {
        // Until its pods are gone it neither rests nor serves.
        let verdict = if resting.is_true() {
            Status::Suspended
        } else {
            Status::Failed
        };
        return Some(because(verdict, resting));
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
