//! cluster/dns-service-missing: No Service leads to the cluster's DNS.
//!
//! The DNS servers (coredns) run, but pods ask them by the address of a Service, mostly `kube-dns`, and
//! there is none that selects them: no name resolves. Nearly everything fails sooner or later, each thing
//! with an error of its own.
//!
//! Mend this first: apply again what installed the DNS. Its Service must get the address that kubelet tells
//! the pods (`clusterDNS`).

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::services::dns;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Deployment),
    declared(Kind::DaemonSet),
    live(Kind::Service).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    if dns::servers(view).is_empty() || view.all::<Service>().is_empty() || dns::is_led_to(view) {
        return;
    }
    let missing = Kind::Service.object("kube-system", "kube-dns");
    let told = "DNS is down: Service kube-dns does not exist, so that nobody finds the servers";
    found
        .missing(Level::Error, missing, told)
        .remedy("kubectl -n kube-system get services,deployments -l k8s-app=kube-dns");
}
