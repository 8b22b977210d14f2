//! Cilium's BGP sessions.

use jiff::Timestamp;

use super::conditions::{because, first, since_created};
use super::{Assess, Health, Status};
use crate::facts::kinds::bgp::{CiliumBgpClusterConfig, CiliumBgpNodeConfig};

/// Conditions that are `True` when something is wrong.
const WRONG: &[&str] = &[
    "cilium.io/NoMatchingNode",
    "cilium.io/MissingPeerConfigs",
    "cilium.io/ConflictingClusterConfig",
];

impl Assess for CiliumBgpClusterConfig {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let mut conditions = self.status.conditions.iter();
        conditions
            .find(|c| c.is_true() && WRONG.contains(&c.r#type.as_str()))
            .map_or_else(Health::current, |wrong| because(Status::Failed, wrong))
    }
}

impl Assess for CiliumBgpNodeConfig {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let instances = self.status.bgp_instances.iter();
        let down = instances
            .flat_map(|instance| &instance.peers)
            .find(|peer| peer.peering_state != "established");
        down.map_or_else(Health::current, |peer| {
            let message = format!(
                "the session with {} ({}) is {}",
                peer.name, peer.peer_address, peer.peering_state
            );
            since_created(&self.metadata, "SessionDown", message)
        })
    }
}
