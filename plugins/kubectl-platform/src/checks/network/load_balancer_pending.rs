//! network/load-balancer-pending: A LoadBalancer Service has no address.
//!
//! Nothing outside the cluster reaches it, and no name can lead to it. What gives addresses (a
//! cloud, Cilium, MetalLB, ServiceLB of k3s) refuses, has none left, or is not there.
//!
//! `kubectl platform lb-ip --service NAMESPACE/NAME` says the same reason, and `--wait` waits.

use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::services::load_balancer::{self, EVIDENCE};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &{
    let [a, b, c, d, e, f, g] = EVIDENCE;
    [
        live(Kind::Service),
        live(Kind::Kustomization).hint(),
        a,
        b,
        c,
        d,
        e,
        f,
        g,
    ]
};

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let services = view.all::<Service>().iter();
    let pending = services.filter(|service| load_balancer::is_pending(service));
    let pending: Vec<_> = pending
        .map(|service| (service, load_balancer::reason(view, service)))
        .collect();
    let applied = load_balancer::applied_pools(view);
    let off = load_balancer::disabled_pools(view);
    let mut refused = Siblings::default();
    for (service, reason) in &pending {
        refused.add(service.reference(), &reason.message, "");
    }
    let mut waiting = Vec::new();
    for (service, reason) in pending {
        let health = service.health(view.now());
        let object = service.reference();
        let told = format!("has no address: {}", reason.message);
        let Some(finding) = found.unwell(service, &health, told) else {
            continue;
        };
        let level = finding.level;
        finding.blames = off.iter().map(Fact::reference).collect();
        finding
            .suspect(reason.suspects)
            .suspect(refused.of(&object))
            .suspect(applied.clone());
        finding.remedy(remedy::describe(&object));
        waiting.push((level, object));
    }
    load_balancer::report_disabled(off, &waiting, found);
}
