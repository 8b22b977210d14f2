//! Custom resource definitions and aggregated APIs, of any version.

use jiff::Timestamp;

use super::conditions::{because, by, first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::api::{ApiService, CustomResourceDefinition};
use crate::facts::meta::{Condition, Meta, condition};

impl Assess for CustomResourceDefinition {
    fn health(&self, _: Timestamp) -> Health {
        definition(&self.metadata, &self.status.conditions)
    }
}

/// A custom resource definition.
pub(super) fn definition(meta: &Meta, conditions: &[Condition]) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    let is_true = |name| condition(conditions, name).filter(|c| c.is_true());
    let is_false = |name| condition(conditions, name).filter(|c| c.is_false());
    if let Some(going) = is_true("Terminating") {
        return because(Status::InProgress, going);
    }
    if let Some(taken) = is_false("NamesAccepted") {
        return because(Status::Failed, taken);
    }
    if let Some(not_yet) = is_false("Established") {
        let status = if not_yet.reason == "Installing" {
            Status::InProgress
        } else {
            Status::Failed
        };
        return because(status, not_yet);
    }
    // A schema of old that is not structural (`NonStructuralSchema`) keeps nobody from using the kind.
    match is_true("Established") {
        Some(_) => Health::current(),
        None => no_status(meta),
    }
}

impl Assess for ApiService {
    fn health(&self, _: Timestamp) -> Health {
        api_service(&self.metadata, &self.status.conditions)
    }
}

/// An aggregated API; it comes and goes with the pods behind it.
pub(super) fn api_service(meta: &Meta, conditions: &[Condition]) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    match by(conditions, "Available") {
        Some(health) if health.status == Status::Current => health,
        Some(health) => Health {
            status: Status::InProgress,
            ..health
        },
        None => no_status(meta),
    }
}
