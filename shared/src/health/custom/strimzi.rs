//! Strimzi: Kafka, its users, topics, connectors and rebalances.
//! See <https://strimzi.io/docs/operators/latest/configuring.html>.

use super::began;
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::{Condition, condition};
use crate::health::conditions::because;
use crate::health::{Health, Status};

/// What a rebalance is at: each is a condition that is `True` while it lasts.
const REBALANCE: &[(&str, Status)] = &[
    ("New", Status::InProgress),
    ("PendingProposal", Status::InProgress),
    ("ProposalReady", Status::Suspended),
    ("Rebalancing", Status::InProgress),
    ("Stopped", Status::Suspended),
];

/// `NotReady` with the reason `Creating` is on its way; a connector's tasks may have failed.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    let conditions = custom.status.conditions();
    let is_true = |name| condition(conditions, name).filter(|c| c.is_true());
    if custom.kind == "KafkaRebalance" {
        let at = REBALANCE
            .iter()
            .find_map(|(name, status)| Some(because(*status, is_true(name)?)));
        if at.is_some() {
            return at;
        }
    }
    if let Some(not_ready) = is_true("NotReady") {
        return Some(because(status_of(not_ready), not_ready));
    }
    connector(custom)
}

fn status_of(not_ready: &Condition) -> Status {
    if not_ready.reason == "Creating" {
        Status::InProgress
    } else {
        Status::Failed
    }
}

/// The state of a connector, then the worst of its tasks.
fn connector(custom: &Custom) -> Option<Health> {
    let scalars = custom.status.scalars.iter();
    let states = scalars
        .filter(|(path, _)| path.starts_with("connectorStatus.") && path.ends_with(".state"));
    Health::worst(states.filter_map(|(path, state)| {
        let verdict = match state.as_str() {
            "FAILED" => Status::Failed,
            "PAUSED" | "STOPPED" => Status::Suspended,
            "UNASSIGNED" | "RESTARTING" => Status::InProgress,
            _ => return None,
        };
        let part = path.strip_suffix(".state").unwrap_or(path);
        let part = part.strip_prefix("connectorStatus.").unwrap_or(part);
        Some(Health::new(verdict, state, part.replace('.', " ")).since(began(custom)))
    }))
}
