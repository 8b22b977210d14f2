//! Namespaces, Services, claims and volumes.

use jiff::Timestamp;

use super::conditions::{because, first, since_created};
use super::{Assess, Health, Status};
use crate::facts::kinds::core::Namespace;
use crate::facts::kinds::service::Service;
use crate::facts::kinds::storage::{PersistentVolume, PersistentVolumeClaim};
use crate::facts::time::Time;

impl Assess for Namespace {
    fn health(&self, _: Timestamp) -> Health {
        let health = first(&self.metadata, 0);
        if health.is_none() && self.status.phase != "Terminating" {
            return Health::current();
        }
        // `NamespaceContentRemaining`, ...: why it does not go away.
        let held = self.status.conditions.iter().find(|c| c.is_true());
        let since = self.metadata.deletion_timestamp;
        held.map(|held| because(Status::Terminating, held))
            .or(health)
            .unwrap_or_else(|| Health::new(Status::Terminating, "Deleted", ""))
            .since(since)
    }
}

impl Assess for Service {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        if self.spec.r#type != "LoadBalancer" || !self.status.load_balancer.ingress.is_empty() {
            return Health::current();
        }
        // Cilium says of an exhausted pool: `cilium.io/IPAMRequestSatisfied` is False.
        let refused = self.status.conditions.iter().find(|c| c.is_false());
        refused.map_or_else(
            || since_created(&self.metadata, "AddressPending", "it has no address yet"),
            |refused| because(Status::InProgress, refused).since(self.metadata.creation_timestamp),
        )
    }
}

impl Assess for PersistentVolumeClaim {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        match self.status.phase.as_str() {
            "Bound" => Health::current(),
            "Lost" => Health::new(Status::Failed, "Lost", "its volume is gone"),
            // A claim may wait for a pod to use it, so that this has no end.
            _ => Health::new(
                Status::InProgress,
                "Pending",
                "is not bound to a volume yet",
            ),
        }
    }
}

impl Assess for PersistentVolume {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        let told = |verdict| {
            let reason = if status.reason.is_empty() {
                &status.phase
            } else {
                &status.reason
            };
            Health::new(verdict, reason, &status.message).since(Time::default())
        };
        match status.phase.as_str() {
            "Failed" => told(Status::Failed),
            "Pending" => told(Status::InProgress).since(self.metadata.creation_timestamp),
            // A volume from a file has no phase; one that was released is at rest.
            _ => Health::current(),
        }
    }
}
