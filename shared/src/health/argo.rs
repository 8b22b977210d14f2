//! Argo CD.

use jiff::Timestamp;

use super::conditions::{first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::argo::Application;

impl Assess for Application {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        // ComparisonError, InvalidSpecError, SyncError, ...: conditions without a status.
        let mut conditions = status.conditions.iter();
        if let Some(error) = conditions.find(|c| c.r#type.ends_with("Error")) {
            return Health::new(Status::Failed, &error.r#type, &error.message)
                .since(error.last_transition_time);
        }
        let health = &status.health;
        let verdict = match health.status.as_str() {
            "Healthy" => return synced(self),
            "Missing" => return missing(self),
            "Progressing" => Status::InProgress,
            "Degraded" => Status::Failed,
            "Suspended" => Status::Suspended,
            "" => return no_status(&self.metadata),
            _ => Status::Unknown,
        };
        Health::new(verdict, &health.status, &health.message).since(health.last_transition_time)
    }
}

/// What runs well may still be another version than the one that is wanted.
fn synced(application: &Application) -> Health {
    operation(application).unwrap_or_else(|| match application.status.sync.status.as_str() {
        "OutOfSync" => Health::new(Status::Current, "OutOfSync", "differs from its source"),
        _ => Health::current(),
    })
}

/// Objects that are not there: they may be just being made.
fn missing(application: &Application) -> Health {
    operation(application).unwrap_or_else(|| {
        let health = &application.status.health;
        Health::new(Status::Failed, "Missing", &health.message).since(health.last_transition_time)
    })
}

fn operation(application: &Application) -> Option<Health> {
    let operation = application.status.operation_state.as_ref()?;
    let (status, since) = match operation.phase.as_str() {
        "Running" => (Status::InProgress, operation.started_at),
        "Failed" | "Error" => (Status::Failed, operation.finished_at),
        _ => return None,
    };
    let reason = format!("Sync{}", operation.phase);
    Some(Health::new(status, reason, &operation.message).since(since))
}
