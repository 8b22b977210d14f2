//! cluster/dns-down: The cluster's DNS does not answer.
//!
//! No pod of the DNS server (coredns) is ready, so no name resolves: not those of Services, nor, for
//! most pods, those of the internet. Nearly everything fails sooner or later, each thing with an error
//! of its own.
//!
//! Mend this first. A Corefile that cannot be parsed is told in the log:
//! `kubectl -n kube-system logs deployment/coredns --previous`. Where coredns was deleted, k3s makes it again when its
//! server is started anew, and kubeadm by `kubeadm init phase addon coredns`.

use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::network;
use crate::checks::evidence::services::dns;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Deployment),
    live(Kind::DaemonSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let servers = dns::servers(view);
    if servers.is_empty() {
        if let Some(coredns) = dns::missing(view) {
            let told = "DNS is down: coredns does not exist, names do not resolve";
            let looks =
                "kubectl -n kube-system get deployments,daemonsets,pods -l k8s-app=kube-dns";
            found.missing(Level::Error, coredns, told).remedy(looks);
        }
        return;
    }
    let ready = servers
        .iter()
        .map(|server| dns::ready(view, &server.object));
    if ready.clone().any(|(ready, ..)| ready > 0) {
        return;
    }
    for (server, (_, wanted, is_new)) in servers.iter().zip(ready) {
        let name = &server.object.name;
        let why = if wanted == 0 {
            "is scaled to 0".to_owned()
        } else {
            format!("has no ready pod (0 of {wanted})")
        };
        let level = Level::info_while(is_new);
        let told = format!("DNS is down: {name} {why}, names do not resolve");
        let finding = server.about(found, level, told);
        finding.suspect(network::on_nodes(view));
        if wanted > 0 {
            finding.symptom().remedy(remedy::describe(&server.object));
        } else {
            finding.remedy(remedy::scale_up(&server.object));
            // Of pods that are not wanted nobody says that they miss; who asks names the Service.
            for service in dns::services(view) {
                let told = format!("nobody answers: {name} {why}");
                found
                    .missing(Level::Error, service, told)
                    .blame(server.object.clone());
            }
        }
    }
}
