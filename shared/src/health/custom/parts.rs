//! What a status says of parts, such as each parent of a route or ancestor of a policy.

use super::conditions::judge_good;
use crate::facts::kinds::custom::Custom;
use crate::health::conditions::no_status;
use crate::health::{Health, Status};

/// The worst of what is said of each part.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let parts = custom.status.parts.iter();
    Health::worst(parts.filter_map(|part| {
        if part.conditions.is_empty() {
            return Some(no_status(&custom.metadata));
        }
        let mut health = judge_good(&part.conditions, false)?;
        if health.status != Status::Current {
            health.message = format!("{}: {}", part.name, health.message);
        }
        Some(health)
    }))
}
