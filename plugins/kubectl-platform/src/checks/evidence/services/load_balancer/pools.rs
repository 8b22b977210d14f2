//! What pools of addresses tell: Cilium's LB IPAM and MetalLB.

use shared::facts::kinds::address_pool::{CiliumLoadBalancerIpPool, MetalLbPool};
use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::service::Service;
use shared::facts::meta::condition;
use shared::facts::{Fact, View};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::Reason;
use crate::checks::evidence::flux::inventory;
use crate::checks::evidence::services::users::listed;
use crate::checks::evidence::words::remedy;

/// What Cilium wrote on the Service, and how its pools stand.
pub(super) fn cilium(view: &View<'_>, service: &Service) -> Option<Reason> {
    let pools = view.all::<CiliumLoadBalancerIpPool>();
    let refused = condition(&service.status.conditions, "cilium.io/IPAMRequestSatisfied");
    let refused = refused.filter(|condition| !condition.is_true());
    if refused.is_none() && pools.is_empty() {
        return None;
    }
    let told = refused.map_or_else(
        || "Cilium gave it no address yet".to_owned(),
        |refused| match refused.message.trim() {
            "" => refused.reason.to_string(),
            message => format!("{}: {message}", refused.reason),
        },
    );
    let stand: Vec<_> = pools.iter().map(cilium_pool).collect();
    let stand = if stand.is_empty() {
        "there is no pool".to_owned()
    } else {
        stand.join(", ")
    };
    Some(Reason::new(
        format!("{told}; {stand}"),
        pools.iter().map(Fact::reference),
    ))
}

/// `pool-infra: 0 of 50 addresses free`.
fn cilium_pool(pool: &CiliumLoadBalancerIpPool) -> String {
    let name = &pool.metadata.name;
    let count = |kind| condition(&pool.status.conditions, kind).map(|count| count.message.as_str());
    let conflict = condition(&pool.status.conditions, "cilium.io/PoolConflict");
    if pool.spec.disabled {
        return format!("pool {name} is disabled");
    }
    if let Some(conflict) = conflict.filter(|conflict| conflict.is_true()) {
        return format!("pool {name} is in conflict: {}", conflict.message);
    }
    match (count("cilium.io/IPsAvailable"), count("cilium.io/IPsTotal")) {
        (Some(free), Some(total)) => format!("pool {name} has {free} of {total} addresses free"),
        _ => format!("pool {name}"),
    }
}

/// How MetalLB's pools stand, where it has none to give.
pub(super) fn metallb(view: &View<'_>) -> Option<Reason> {
    let pools = view.all::<MetalLbPool>();
    let is_there = !pools.is_empty() || view.all::<Deployment>().iter().any(is_metallb);
    if !is_there {
        return None;
    }
    if pools.is_empty() {
        let known = view.knows::<MetalLbPool>();
        return known.then(|| Reason::new("MetalLB has no IPAddressPool", []));
    }
    let gives = |pool: &&MetalLbPool| {
        let is_spent = pool.status.as_ref().is_some_and(|status| {
            status.available_ipv4 + status.available_ipv6 == 0
                && status.assigned_ipv4 + status.assigned_ipv6 > 0
        });
        !is_spent && pool.spec.auto_assign != Some(false)
    };
    if pools.iter().any(|pool| gives(&pool)) {
        return None;
    }
    let names: Vec<_> = pools
        .iter()
        .map(|pool| pool.metadata.name.as_str())
        .collect();
    let told = format!(
        "no IPAddressPool of MetalLB ({}) has a free address or gives one unasked",
        names.join(", ")
    );
    Some(Reason::new(told, pools.iter().map(Fact::reference)))
}

fn is_metallb(deployment: &Deployment) -> bool {
    let mut containers = deployment.spec.template.spec.containers.iter();
    containers.any(|container| container.image.contains("metallb/controller"))
}

/// The pools of Cilium, where all are disabled.
pub(in crate::checks) fn disabled_pools<'a>(view: &View<'a>) -> &'a [CiliumLoadBalancerIpPool] {
    let pools = view.all::<CiliumLoadBalancerIpPool>();
    if pools.iter().all(|pool| pool.spec.disabled) {
        pools
    } else {
        &[]
    }
}

/// The pools of Cilium that Flux has applied, be they there or not.
///
/// A check that uses this hints at `Kustomization`.
pub(in crate::checks) fn applied_pools(view: &View<'_>) -> Vec<ObjectRef> {
    let kustomizations = view.all::<Kustomization>().iter();
    let pools = kustomizations.flat_map(|one| {
        inventory::of_kind(&one.status.inventory, CiliumLoadBalancerIpPool::KIND, "")
    });
    pools.collect()
}

/// One finding about each disabled pool, as bad as that of the Services that have no address.
pub(in crate::checks) fn report_disabled(
    pools: &[CiliumLoadBalancerIpPool],
    waiting: &[(Level, ObjectRef)],
    found: &mut Findings,
) {
    let Some(level) = waiting.iter().map(|(level, _)| *level).max() else {
        return;
    };
    let services: Vec<_> = waiting.iter().map(|(_, service)| service.clone()).collect();
    let have = if services.len() == 1 { "has" } else { "have" };
    for pool in pools {
        let told = format!("is disabled, and {} {have} no address", listed(&services));
        found
            .about(level, pool, told)
            .remedy(remedy::describe(&pool.reference()));
    }
}
