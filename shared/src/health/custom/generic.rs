//! What can be told of an object of a kind that nobody here knows.

use super::{conditions, counts, foreign, going, parts, silent, states};
use crate::facts::kinds::custom::Custom;
use crate::facts::time::Time;
use crate::health::conditions::{abnormal, first, no_status};
use crate::health::{Health, Status};

/// Fields by which a person tells an operator to keep its hands off.
const REST: &[&str] = &[
    "suspend",
    "suspended",
    "paused",
    "updateStrategy.paused",
    "updateStrategy.rollingUpdate.paused",
];

/// The generation that the status is about; only some controllers say it.
const OBSERVED: &[&str] = &["observedGeneration", "lastEvaluatedGeneration"];

/// Judges by what most operators write, the plainest statement first.
pub(super) fn health(custom: &Custom) -> Health {
    let meta = &custom.metadata;
    let status = &custom.status;
    if let Some(rests) = told_to_rest(custom) {
        return rests;
    }
    let observed = OBSERVED.iter().find_map(|key| status.number(key));
    let early = first(meta, observed.unwrap_or_default());
    if let Some(health) = early.or_else(|| abnormal(status.conditions())) {
        return health;
    }
    if has_nothing(custom) {
        return if silent::is_silent(custom) {
            Health::current()
        } else {
            // Some controllers never write one, so that this has no end.
            no_status(meta).since(Time::default())
        };
    }
    conditions::wrong(custom)
        .or_else(|| ready(custom))
        .or_else(|| states::error(custom))
        .or_else(|| of_all(custom))
        .or_else(|| foreign::health(custom))
        .unwrap_or_else(|| {
            let waits =
                status.conditions.as_ref().is_some_and(Vec::is_empty) && !counts::are_told(custom);
            if waits {
                no_status(meta).since(Time::default())
            } else {
                Health::current()
            }
        })
}

/// Whether a person told the operator to leave it alone.
pub(super) fn told_to_rest(custom: &Custom) -> Option<Health> {
    let is_deleted = custom.metadata.deletion_timestamp.0.is_some();
    let rests = !is_deleted && REST.iter().any(|key| custom.spec.is_true(key));
    rests.then(|| Health::new(Status::Suspended, "Suspended", ""))
}

/// `Ready`, unless something goes on; where it is not yet `True`, a state may tell that it never will be, or why not.
fn ready(custom: &Custom) -> Option<Health> {
    let ready = conditions::ready(custom)?;
    if ready.status == Status::Current {
        return going::health(custom).or(Some(ready));
    }
    let own = states::own(custom).filter(|own| match own.status {
        Status::Suspended => true,
        Status::Failed => ready.status != Status::Failed,
        _ => false,
    });
    Some(own.unwrap_or(ready))
}

/// The worst of what the conditions, the object's own state and its counts say; its parts are
/// asked where it does not say how it fares as a whole.
fn of_all(custom: &Custom) -> Option<Health> {
    let own = states::own(custom);
    if let Some(rests) = own.as_ref().filter(|own| own.status == Status::Suspended) {
        return Some(rests.clone());
    }
    let is_well = own
        .as_ref()
        .is_some_and(|own| own.status == Status::Current);
    let of_parts = if own.is_none() {
        states::of_parts(custom)
    } else {
        None
    };
    let all = [
        own,
        conditions::others(custom, is_well),
        going::health(custom),
        parts::health(custom),
        of_parts,
        counts::short(custom),
    ];
    Health::worst(all.into_iter().flatten())
        .or_else(|| counts::outdated(custom))
        .or_else(|| going::anything(custom))
}

/// Whether no controller has said anything yet.
fn has_nothing(custom: &Custom) -> bool {
    let status = &custom.status;
    status.conditions().is_empty()
        && status.parts.is_empty()
        && status.scalars.values().all(String::is_empty)
}
