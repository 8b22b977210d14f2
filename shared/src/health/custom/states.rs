//! What words in a status tell: `phase`, `state`, `health` and the like.

use super::sense::{Sense, sense};
use super::words::{meaning, split, tells_failure};
use super::{began, flags};
use crate::facts::kinds::custom::Custom;
use crate::facts::time::Time;
use crate::health::{Health, Status};

/// Where an object's own state stands, the plainest first.
pub(super) const OWN: &[&str] = &[
    "phase",
    "state",
    "status",
    "health",
    "healthStatus",
    "currentPhase",
    "currentState",
    "overallStatus",
    "overallState",
    "updateStatus",
    "printableStatus",
    "clusterStatus",
    "lifecycleState",
    "lifecycleStatus",
    "deploymentStatus",
    "compliant",
    "syncStatus",
    "lastOperationStatus",
];

/// Where the text of an error stands.
const ERRORS: &[&str] = &[
    "errMsg",
    "error",
    "error.message",
    "errorMessage",
    "errorDescription",
    "failureMessage",
    "failureReason",
    "lastError",
];

/// Where an operator says why.
const MESSAGES: &[&str] = &[
    "message",
    "reason",
    "phaseReason",
    "statusMessage",
    "errorMessage",
];

/// Kinds of work that ends: while such an object runs, it is on its way.
const WORK: &[&str] = &[
    "analysis",
    "backup",
    "build",
    "download",
    "evaluation",
    "experiment",
    "export",
    "import",
    "job",
    "migration",
    "operation",
    "request",
    "restore",
    "run",
    "snapshot",
    "task",
    "test",
    "upload",
    "workflow",
];

pub(super) fn message(custom: &Custom) -> String {
    MESSAGES
        .iter()
        .map(|key| custom.status.text(key))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// An error's text, or a flag that says that there is one.
pub(super) fn error(custom: &Custom) -> Option<Health> {
    let text = ERRORS.iter().map(|key| custom.status.text(key));
    let text = text
        .into_iter()
        .find(|text| !text.is_empty() && *text != "false" && *text != "0");
    if let Some(text) = text {
        return Some(Health::new(Status::Failed, "Error", text));
    }
    // `failed: true`
    let mut scalars = custom.status.scalars.iter();
    let (flag, _) = scalars.find(|(path, text)| {
        *text == "true" && !path.contains('.') && sense(path) == Some(Sense::Bad)
    })?;
    Some(told(custom, Status::Failed, flag))
}

/// The object's own state.
pub(super) fn own(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let worst = OWN
        .iter()
        .filter_map(|key| Some((*key, judge(custom, status.text(key))?)))
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    let Some((key, verdict)) = worst else {
        return flags::health(custom);
    };
    let told = told(custom, verdict, status.text(key));
    Some(match verdict {
        Status::Unknown => told.untold(),
        _ => told,
    })
}

fn judge(custom: &Custom, text: &str) -> Option<Status> {
    let Some(verdict) = meaning(text) else {
        return tells_failure(text).then_some(Status::Failed);
    };
    let kind = split(&custom.kind);
    let works = kind
        .last()
        .is_some_and(|last| WORK.contains(&last.as_str()));
    let text = text.to_ascii_lowercase();
    let runs = matches!(text.as_str(), "accepted" | "active" | "running");
    Some(if works && runs {
        Status::InProgress
    } else {
        verdict
    })
}

pub(super) fn told(custom: &Custom, verdict: Status, reason: &str) -> Health {
    // Nobody says since when what was done long ago is being deleted.
    let since = if reason.to_ascii_lowercase().starts_with("delet") {
        Time::default()
    } else {
        began(custom)
    };
    Health::new(verdict, reason, message(custom)).since(since)
}

/// States of what the object is made of: the worst of them.
pub(super) fn of_parts(custom: &Custom) -> Option<Health> {
    let scalars = custom.status.scalars.iter();
    let states = scalars.filter(|(path, _)| is_state(path));
    Health::worst(states.filter_map(|(path, text)| {
        let verdict = judge(custom, text).filter(|verdict| *verdict != Status::Unknown)?;
        Some(Health {
            message: format!("{path}: {text}"),
            ..told(custom, verdict, text)
        })
    }))
}

/// Whether a field by its name holds a state.
pub(super) fn is_state(path: &str) -> bool {
    let key = path.rsplit('.').next().unwrap_or(path).to_ascii_lowercase();
    ["state", "status", "phase", "health", "compliant"]
        .iter()
        .any(|end| key.ends_with(end))
}
