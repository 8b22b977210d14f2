//! What goes on: work on an object that is available meanwhile.

use super::lexicon::{CHANGING, has};
use super::sense::{Sense, sense};
use super::words::{meaning, split};
use super::{began, conditions};
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::Condition;
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// A condition or a flag (`isRollingUpdate`) that is true while something changes.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    first_true(custom, |c| changes(&c.r#type) && !is_done(c)).or_else(|| {
        let mut scalars = custom.status.scalars.iter();
        let (flag, _) =
            scalars.find(|(path, text)| *text == "true" && !path.contains('.') && changes(path))?;
        Some(Health::new(Status::InProgress, flag, "").since(began(custom)))
    })
}

/// Whether a type tells of a change, which ends.
fn changes(kind: &str) -> bool {
    let is_change = || split(kind).iter().any(|word| has(CHANGING, word));
    sense(kind) == Some(Sense::Going) && is_change()
}

/// Anything that goes on, where nothing else says how the object fares.
pub(super) fn anything(custom: &Custom) -> Option<Health> {
    first_true(custom, |c| sense(&c.r#type) == Some(Sense::Going))
}

/// That the first `True` condition which is meant goes on.
fn first_true(custom: &Custom, is_meant: impl Fn(&Condition) -> bool) -> Option<Health> {
    let mut conditions = custom.status.conditions().iter();
    let condition = conditions.find(|c| c.is_true() && is_meant(c))?;
    let health = because(Status::InProgress, condition);
    Some(conditions::told_elsewhere(health, custom))
}

/// Whether the reason is how it ended: `NewReplicaSetAvailable`.
fn is_done(condition: &Condition) -> bool {
    meaning(&condition.reason) == Some(Status::Current)
}
