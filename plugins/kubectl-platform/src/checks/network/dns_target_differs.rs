//! network/dns-target-differs: DNS leads to another address than the load balancer has.
//!
//! The annotation `external-dns.alpha.kubernetes.io/target` fixes what external-dns writes into
//! the zone. The address has changed since, so that names lead nowhere, or to something else.
//!
//! Set the annotation to the address that `kubectl platform lb-ip` prints, or leave it out:
//! external-dns then takes the address by itself. A public target before private addresses is
//! taken for a router that translates, and passed over.

use std::net::IpAddr;

use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Gateway),
    live(Kind::Service),
    live(Kind::Ingress),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for gateway in view.all::<Gateway>() {
        let addresses = gateway.status.addresses.iter();
        judge(
            gateway,
            addresses.map(|address| address.value.as_str()),
            found,
        );
    }
    for service in view.all::<Service>() {
        let given = service
            .status
            .load_balancer
            .ingress
            .iter()
            .map(|one| one.ip.as_str());
        let fixed = service.spec.external_ips.iter().map(String::as_str);
        judge(service, given.chain(fixed), found);
    }
    for ingress in view.all::<Ingress>() {
        let given = ingress.status.load_balancer.ingress.iter();
        judge(ingress, given.map(|one| one.ip.as_str()), found);
    }
}

fn judge<'a, F: Fact>(object: &F, has: impl Iterator<Item = &'a str>, found: &mut Findings) {
    let annotation = object
        .meta()
        .annotation("external-dns.alpha.kubernetes.io/target");
    let targets = annotation
        .split(',')
        .filter_map(|target| target.trim().parse::<IpAddr>().ok());
    let has: Vec<IpAddr> = has.filter_map(|address| address.parse().ok()).collect();
    let wrong: Vec<_> = targets
        .filter(|target| !has.contains(target))
        .filter(|target| {
            has.iter()
                .any(|address| is_private(*address) == is_private(*target))
        })
        .map(|target| target.to_string())
        .collect();
    if !wrong.is_empty() {
        let has: Vec<_> = has.iter().map(ToString::to_string).collect();
        let told = format!(
            "external-dns is told the target {}, but the address is {}",
            wrong.join(", "),
            has.join(", ")
        );
        found.warning(object, told);
    }
}

/// Not routed on the internet: private, shared (100.64.0.0/10, Tailscale's too) or local.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            v4.is_private() || v4.is_link_local() || v4.is_loopback() || is_shared
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_loopback(),
    }
}
