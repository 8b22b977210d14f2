//! network/address-pool-conflict: A pool of load balancer addresses overlaps another.
//!
//! Cilium gives no addresses from a pool that overlaps another one; LoadBalancer Services that
//! need it stay pending.
//!
//! Make the blocks of the pools disjoint; the message names the other pool.

use shared::facts::kinds::address_pool::CiliumLoadBalancerIpPool;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::words;

pub(super) const NEEDS: &[Need] = &[live(Kind::CiliumLoadBalancerIpPool)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for pool in view.all::<CiliumLoadBalancerIpPool>() {
        let health = pool.health(view.now());
        found.unwell(pool, &health, words::told(&health));
    }
}
