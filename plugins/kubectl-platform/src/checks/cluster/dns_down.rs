//! cluster/dns-down: The cluster's DNS does not answer.
//!
//! No pod of the DNS server (coredns) is ready, so no name resolves: not those of Services, nor, for
//! most pods, those of the internet. Nearly everything fails sooner or later, each thing with an error
//! of its own.
//!
//! Mend this first. A Corefile that cannot be parsed is told in the log:
//! `kubectl -n kube-system logs deployment/coredns --previous`.

use shared::facts::kinds::apps::{DaemonSet, Deployment};
use shared::facts::kinds::service::Service;
use shared::facts::meta::condition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::dns;
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::trouble::is_late;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Deployment),
    live(Kind::DaemonSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let servers = dns::servers(view);
    if servers.is_empty() {
        return nobody_serves(view, found);
    }
    let ready = servers.iter().map(|server| ready(view, &server.object));
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
        let level = if is_new { Level::Info } else { Level::Error };
        let told = format!("DNS is down: {name} {why}, names do not resolve");
        let finding = server.about(found, level, told);
        finding.suspect(dns::networks(view));
        finding.remedy(command!(
            "kubectl -n {} logs {}/{} --previous",
            server.object.namespace(),
            server.object.kind.to_lowercase(),
            name
        ));
        if wanted == 0 {
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

/// How many pods of a server are ready, how many are wanted, and whether that is new.
fn ready(view: &View<'_>, server: &ObjectRef) -> (i64, i64, bool) {
    let (namespace, name) = (server.namespace(), &server.name);
    let set = view
        .get::<DaemonSet>(namespace, name)
        .filter(|_| server.kind == "DaemonSet");
    if let Some(set) = set {
        let wanted = set.status.desired_number_scheduled.unwrap_or(1);
        return (set.status.number_ready, wanted, false);
    }
    view.get::<Deployment>(namespace, name)
        .map_or((0, 0, false), |deployment| {
            let available = condition(&deployment.status.conditions, "Available");
            let is_new = available
                .is_some_and(|available| !is_late(available.last_transition_time, view.now()));
            (
                deployment.status.ready_replicas,
                deployment.spec.replicas.unwrap_or(1),
                is_new,
            )
        })
}

/// Pods ask the Service kube-dns; where it has a selector and nothing carries it, nobody answers.
fn nobody_serves(view: &View<'_>, found: &mut Findings) {
    let service = view.get::<Service>("kube-system", "kube-dns");
    let by_pods = service.filter(|service| {
        service
            .spec
            .selector
            .get("k8s-app")
            .is_some_and(|app| app == "kube-dns")
    });
    if by_pods.is_some() && view.knows::<Deployment>() && view.knows::<DaemonSet>() {
        let coredns = ObjectRef::new("apps/v1", "Deployment", "kube-system", "coredns");
        let message = "DNS is down: coredns does not exist, names do not resolve";
        found.missing(Level::Error, coredns, message);
    }
}
