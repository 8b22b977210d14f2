//! Nodes.

use jiff::Timestamp;

use super::conditions::{because, by, first, no_status};
use super::{Assess, Health, Status};
use crate::facts::kinds::node::Node;

/// Conditions that are `True` when a node is not well.
const PRESSURES: &[&str] = &[
    "MemoryPressure",
    "DiskPressure",
    "PIDPressure",
    "NetworkUnavailable",
];

impl Assess for Node {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let conditions = &self.status.conditions;
        let Some(ready) = by(conditions, "Ready") else {
            return no_status(&self.metadata);
        };
        // A node that no longer reports is as lost as one that says it is not ready.
        if ready.status != Status::Current {
            return Health {
                status: Status::Failed,
                ..ready
            };
        }
        conditions
            .iter()
            .find(|condition| PRESSURES.contains(&condition.r#type.as_str()) && condition.is_true())
            .map_or_else(
                || {
                    if self.spec.unschedulable {
                        Health::new(Status::Current, "SchedulingDisabled", "")
                    } else {
                        Health::current()
                    }
                },
                |pressure| because(Status::Failed, pressure),
            )
    }
}
