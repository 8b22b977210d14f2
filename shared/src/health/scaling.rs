//! Autoscalers and disruption budgets.

use jiff::Timestamp;

use super::conditions::{because, first, no_status, since_created};
use super::{Assess, DEFAULT_DEADLINE, Health, Status};
use crate::facts::kinds::scaling::{HorizontalPodAutoscaler, PodDisruptionBudget};
use crate::facts::meta::{Condition, Meta, condition};

/// Where version 1 of the API keeps the conditions.
const CONDITIONS_V1: &str = "autoscaling.alpha.kubernetes.io/conditions";

impl Assess for HorizontalPodAutoscaler {
    fn health(&self, now: Timestamp) -> Health {
        let status = &self.status;
        autoscaler(
            &self.metadata,
            status.observed_generation.unwrap_or_default(),
            &status.conditions,
            now,
        )
    }
}

/// An autoscaler of any version of its API.
pub(super) fn autoscaler(
    meta: &Meta,
    observed: i64,
    conditions: &[Condition],
    now: Timestamp,
) -> Health {
    if let Some(health) = first(meta, observed) {
        return health;
    }
    let annotated: Vec<Condition>;
    let conditions = if conditions.is_empty() {
        annotated = serde_json::from_str(meta.annotation(CONDITIONS_V1)).unwrap_or_default();
        &annotated
    } else {
        conditions
    };
    if let Some(failed) = conditions.iter().find(|c| is_failure(c)) {
        // Metrics of new pods take a minute to appear.
        let age = failed.last_transition_time.age(now);
        let is_new = age.is_some_and(|age| age <= DEFAULT_DEADLINE);
        let status = if is_new {
            Status::InProgress
        } else {
            Status::Failed
        };
        return because(status, failed);
    }
    let scales = ["AbleToScale", "ScalingLimited"]
        .iter()
        .any(|name| condition(conditions, name).is_some_and(Condition::is_true));
    if scales {
        Health::current()
    } else {
        since_created(meta, "Waiting", "has not scaled yet")
    }
}

/// An autoscaler rests (`ScalingDisabled`) where its target has no replicas.
fn is_failure(condition: &Condition) -> bool {
    condition.is_false()
        && match condition.r#type.as_str() {
            "AbleToScale" => condition.reason.starts_with("Failed"),
            "ScalingActive" => condition.reason != "ScalingDisabled",
            _ => false,
        }
}

impl Assess for PodDisruptionBudget {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if let Some(health) = first(&self.metadata, status.observed_generation) {
            return health;
        }
        if status.observed_generation == 0 && status.conditions.is_empty() {
            return no_status(&self.metadata);
        }
        // That no pod may be evicted right now is a state, not a fault.
        let failed = status.conditions.iter().find(|c| c.reason == "SyncFailed");
        failed.map_or_else(Health::current, |failed| because(Status::Failed, failed))
    }
}
