//! What counts in a status tell: fewer ready than wanted.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::health::Health;
use crate::health::apps::{ON_DELETE, extra as more, short as fewer};

/// How many are wanted, in the spec and in the status.
const WANTED: &[&str] = &["replicas", "replicaCount", "size", "instances", "nodes"];
const EXPECTED: &[&str] = &[
    "desiredReplicas",
    "expectedNodes",
    "desiredNumberScheduled",
    "desired",
    "replicas",
];

/// How many there are.
const READY: &[&str] = &[
    "readyReplicas",
    "availableReplicas",
    "availableNodes",
    "readyNodes",
    "readyInstances",
    "numberReady",
    "numberAvailable",
    "instances",
];

/// How many there are of the latest version.
const UPDATED: &[&str] = &["updatedReplicas", "updatedReadyReplicas"];

/// How many are to stay of the version before.
const HELD: &[&str] = &[
    "updateStrategy.partition",
    "updateStrategy.rollingUpdate.partition",
];
const STRATEGY: &str = "updateStrategy.type";

/// Whether a status counts any replicas: somebody has looked.
pub(super) fn are_told(custom: &Custom) -> bool {
    let mut scalars = custom.status.scalars.iter();
    scalars.any(|(path, text)| {
        let is_count =
            path.ends_with("Replicas") || path == "replicas" || READY.contains(&path.as_str());
        is_count && text.parse::<i64>().is_ok_and(|count| count > 0)
    })
}

/// Fewer ready than wanted, or more at all: old ones still go.
pub(super) fn short(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let in_spec = wanted(custom);
    let in_status = || EXPECTED.iter().find_map(|key| status.number(key));
    let wanted: i64 = in_spec.or_else(in_status)?;
    let ready = READY.iter().find_map(|key| status.number(key));
    let ready = ready.or_else(|| status.number("expectedNodes").map(|_| 0))?;
    let extra = in_spec.and_then(|wanted| more(status.number("replicas")?, wanted));
    let short = fewer(&[("are ready", ready, wanted)]).or(extra)?;
    Some(short.since(began(custom)))
}

fn wanted(custom: &Custom) -> Option<i64> {
    let mut all = WANTED.iter();
    all.find_map(|key| custom.spec.text(key).parse().ok())
}

/// Fewer of the latest version than wanted, unless somebody wants it so.
pub(super) fn outdated(custom: &Custom) -> Option<Health> {
    let is_held = HELD
        .iter()
        .any(|key| !matches!(custom.spec.text(key), "" | "0"));
    let updated = UPDATED.iter().find_map(|key| custom.status.number(key));
    let updated = updated.filter(|_| !is_held && custom.spec.text(STRATEGY) != ON_DELETE)?;
    let few = fewer(&[("are of the latest version", updated, wanted(custom)?)])?;
    Some(few.since(began(custom)))
}
