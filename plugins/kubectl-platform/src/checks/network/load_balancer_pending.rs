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

use crate::checks::evidence::load_balancer::{self, EVIDENCE};
use crate::checks::evidence::remedy;

pub(super) const NEEDS: &[Need] = &{
    let [a, b, c, d, e, f, g] = EVIDENCE;
    [live(Kind::Service), a, b, c, d, e, f, g]
};

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let services = view.all::<Service>().iter();
    for service in services.filter(|service| load_balancer::is_pending(service)) {
        let health = service.health(view.now());
        let reason = load_balancer::reason(view, service);
        let told = format!("has no address: {}", reason.message);
        if let Some(finding) = found.unwell(service, &health, told) {
            finding.suspect(reason.suspects).remedy(remedy::describe(&service.reference()));
        }
    }
}
