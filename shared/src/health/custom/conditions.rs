//! What the conditions of an unknown kind tell, by the words of their types.

use super::sense::{Sense, sense};
use super::words::{meaning, split, tells_error, tells_failure};
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::{Condition, condition};
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// What an object must be at any time: a `False` of these needs no word that says that it failed.
const VERDICTS: &[&str] = &[
    "accepted",
    "admitted",
    "compliant",
    "healthy",
    "installed",
    "resolved",
    "succeeded",
    "valid",
];

/// Last words of conditions that are `True` when all is over, well or not: k8up's `Completed`, with the reason
/// `Failed`.
const ENDS: &[&str] = &["complete", "completed", "done", "finished"];

/// A condition that tells of a failure (`Failed`, `NotReady`, `ErrorOccurred`, ...), of progress
/// that has come to an end, or that the object rests.
pub(super) fn wrong(custom: &Custom) -> Option<Health> {
    let conditions = custom.status.conditions().iter();
    let sensed: Vec<_> = conditions
        .filter_map(|c| Some((c, sense(&c.r#type)?)))
        .collect();
    let find = |is: &dyn Fn(&Condition, Sense) -> bool| {
        let found = sensed.iter().find(|(c, sense)| is(c, *sense));
        found.map(|(c, _)| *c)
    };
    let failed = find(&|c, sense| c.is_true() && sense == Sense::Bad).or_else(|| {
        find(&|c, sense| c.is_false() && sense == Sense::Going && tells_failure(&c.reason))
    });
    let failed = failed.or_else(|| {
        let mut conditions = custom.status.conditions().iter();
        conditions.find(|c| c.is_true() && is_end(&c.r#type) && has_failed(&c.reason))
    });
    let rests = find(&|c, sense| c.is_true() && sense == Sense::Resting).or_else(|| {
        find(&|c, sense| {
            let tells = sense == Sense::Going || c.r#type == "Synced";
            tells && meaning(&c.reason) == Some(Status::Suspended)
        })
    });
    failed
        .map(|c| {
            let waits = meaning(&c.reason) == Some(Status::InProgress);
            let status = if waits {
                Status::InProgress
            } else {
                Status::Failed
            };
            because(status, c)
        })
        .or_else(|| rests.map(|c| because(Status::Suspended, c)))
}

fn is_end(kind: &str) -> bool {
    let words = split(kind);
    let last = words.last();
    last.is_some_and(|last| ENDS.contains(&last.as_str()))
}

fn has_failed(reason: &str) -> bool {
    meaning(reason) == Some(Status::Failed)
}

/// `Ready`, the one condition that sums up the others.
pub(super) fn ready(custom: &Custom) -> Option<Health> {
    let ready = condition(custom.status.conditions(), "Ready")?;
    let generation = custom.metadata.generation;
    // Crossplane's word for what is meant: what is ready may be that no longer.
    let synced = condition(custom.status.conditions(), "Synced").filter(|c| c.is_false());
    if let Some(synced) = synced.filter(|c| tells_failure(&c.reason)) {
        return Some(because(Status::Failed, synced));
    }
    let is_old = ready.observed_generation != 0 && ready.observed_generation < generation;
    Some(if is_old && ready.is_true() {
        because(Status::InProgress, ready)
    } else {
        judge(ready)
    })
}

/// A condition that should be `True`.
fn judge(condition: &Condition) -> Health {
    let fails = || tells_failure(&condition.reason) || tells_failure(&condition.message);
    let is_verdict = || {
        let words = split(&condition.r#type);
        let waits = meaning(&condition.reason) == Some(Status::InProgress);
        !waits
            && words
                .last()
                .is_some_and(|last| VERDICTS.contains(&last.as_str()))
    };
    let status = match condition.status.as_str() {
        "True" => Status::Current,
        "False" if condition.severity == "Info" => Status::InProgress,
        "False" if condition.severity == "Error" => Status::Failed,
        "False" if fails() || is_verdict() => Status::Failed,
        "False" => Status::InProgress,
        "Unknown" | "" if tells_error(&condition.reason) => Status::Unknown,
        "Unknown" | "" => Status::InProgress,
        // Prometheus' operator writes `Degraded` here.
        word => meaning(word).unwrap_or(Status::Unknown),
    };
    let health = because(status, condition);
    match condition.status == "Unknown" && status == Status::Unknown {
        true => health.untold(),
        false => health,
    }
}

/// A verdict that nothing explains, with the condition that it is by.
pub(super) fn named(mut health: Health, custom: &Custom) -> Health {
    let needs_none = matches!(health.status, Status::Current | Status::Suspended);
    if needs_none || !health.reason.is_empty() || !health.message.is_empty() {
        return health;
    }
    let mut conditions = custom.status.conditions().iter();
    let by = conditions.find(|c| match sense(&c.r#type) {
        Some(Sense::Good) | None => !c.is_true(),
        Some(_) => !c.is_false(),
    });
    if let Some(by) = by {
        health.message = format!("{} is {}", by.r#type, by.status);
    }
    health
}

/// All conditions but `Ready`: the worst of those that should be `True`, else a playbook at work.
///
/// Where an object says that it is well, it does not need each of the things that may be
/// available (`CronJobAvailable`, `KnativeServiceAvailable`: one of them will do).
pub(super) fn others(custom: &Custom, is_well: bool) -> Option<Health> {
    let conditions = custom.status.conditions();
    judge_good(conditions, is_well)
        .or_else(|| {
            let mut conditions = conditions.iter();
            let at_work = conditions.find(|c| is_at_work(c))?;
            Some(because(Status::InProgress, at_work))
        })
        .map(|health| told_elsewhere(health, custom))
}

/// A verdict whose own condition does not say why: another condition may (Keycloak's `Started`).
pub(super) fn told_elsewhere(mut health: Health, custom: &Custom) -> Health {
    if health.reason.is_empty() && health.message.is_empty() {
        let mut all = custom.status.conditions().iter().map(|one| &one.message);
        health.message = all
            .find(|told| !told.is_empty())
            .map(ToString::to_string)
            .unwrap_or_default();
    }
    health
}

/// What operators made with Ansible write while a playbook runs.
/// See <https://sdk.operatorframework.io/docs/building-operators/ansible/>.
fn is_at_work(condition: &Condition) -> bool {
    condition.is_true() && condition.r#type == "Running" && condition.reason == "Running"
}

/// The worst of the conditions that should be `True`.
pub(super) fn judge_good(conditions: &[Condition], is_well: bool) -> Option<Health> {
    let good = conditions
        .iter()
        .filter(|c| sense(&c.r#type) == Some(Sense::Good))
        .filter(|c| !(is_well && is_choice(&c.r#type)));
    Health::worst(good.map(judge))
}

fn is_choice(kind: &str) -> bool {
    let words = split(kind);
    words.len() > 1 && words.last().is_some_and(|last| last == "available")
}
