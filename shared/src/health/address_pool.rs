//! Cilium's pools of load balancer addresses.

use jiff::Timestamp;

use super::conditions::{because, first};
use super::{Assess, Health, Status};
use crate::facts::kinds::address_pool::CiliumLoadBalancerIpPool;
use crate::facts::meta::condition;

impl Assess for CiliumLoadBalancerIpPool {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        if self.spec.disabled {
            return Health::new(Status::Suspended, "Disabled", "it gives no addresses");
        }
        condition(&self.status.conditions, "cilium.io/PoolConflict")
            .filter(|conflict| conflict.is_true())
            .map_or_else(Health::current, |conflict| {
                because(Status::Failed, conflict)
            })
    }
}
