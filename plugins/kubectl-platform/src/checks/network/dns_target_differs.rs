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

use crate::checks::evidence::policies::internet::is_private;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Gateway),
    live(Kind::Service),
    live(Kind::Ingress),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for gateway in view.all::<Gateway>() {
        let given = gateway.status.addresses.iter();
        judge(gateway, given.map(|one| one.value.as_str()), found);
    }
    for service in view.all::<Service>() {
        let given = service.status.load_balancer.ingress.iter();
        let given = given.map(|one| one.ip.as_str());
        let fixed = service.spec.external_ips.iter().map(String::as_str);
        judge(service, given.chain(fixed), found);
    }
    for ingress in view.all::<Ingress>() {
        let given = ingress.status.load_balancer.ingress.iter();
        judge(ingress, given.map(|one| one.ip.as_str()), found);
    }
}

fn judge<'a, F: Fact>(object: &F, has: impl Iterator<Item = &'a str>, found: &mut Findings) {
    let name = "external-dns.alpha.kubernetes.io/target";
    let targets = object.meta().annotation(name).split(',');
    let targets = targets.filter_map(|target| target.trim().parse::<IpAddr>().ok());
    let has: Vec<IpAddr> = has.filter_map(|address| address.parse().ok()).collect();
    let is_wrong = |target: &IpAddr| {
        let mut alike = has.iter();
        let has_alike = alike.any(|address| is_private(*address) == is_private(*target));
        has_alike && !has.contains(target)
    };
    let wrong: Vec<_> = targets
        .filter(is_wrong)
        .map(|one| one.to_string())
        .collect();
    if !wrong.is_empty() {
        let has: Vec<_> = has.iter().map(ToString::to_string).collect();
        let (wrong, has) = (wrong.join(", "), has.join(", "));
        let told = format!("external-dns is told the target {wrong}, but the address is {has}");
        found.warning(object, told);
    }
}
