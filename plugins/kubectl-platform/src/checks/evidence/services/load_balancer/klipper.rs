//! k3s' ServiceLB: a DaemonSet of `svclb` pods in kube-system for each Service, whose nodes'
//! addresses are the Service's.
//! See <https://docs.k3s.io/networking/networking-services#service-load-balancer>.

use shared::facts::kinds::apps::DaemonSet;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::Reason;

const SERVICE_NAME: &str = "svccontroller.k3s.cattle.io/svcname";
const SERVICE_NAMESPACE: &str = "svccontroller.k3s.cattle.io/svcnamespace";

/// Once any node bears it, only those that do take part.
const ENABLED: &str = "svccontroller.k3s.cattle.io/enablelb";

fn is_for(meta: &Meta, service: &Meta) -> bool {
    meta.label(SERVICE_NAME) == service.name && meta.label(SERVICE_NAMESPACE) == service.namespace
}

/// Why the Service's svclb pods do not run.
pub(super) fn pods(view: &View<'_>, service: &Service) -> Option<Reason> {
    let mut daemons = view.all::<DaemonSet>().iter();
    let daemon = daemons.find(|daemon| is_for(&daemon.metadata, &service.metadata))?;
    let name = &daemon.metadata.name;
    let mut suspects = vec![daemon.reference()];
    if daemon.status.desired_number_scheduled == Some(0) {
        let told =
            format!("no node takes its svclb pods (DaemonSet {name}): label one {ENABLED}=true");
        return Some(Reason::new(told, suspects));
    }
    let of_service = |pod: &&Pod| is_for(&pod.metadata, &service.metadata);
    let pods: Vec<_> = view.all::<Pod>().iter().filter(of_service).collect();
    let waiting = pods.iter().find_map(|pod| {
        let scheduled = condition(&pod.status.conditions, "PodScheduled")?;
        scheduled.is_false().then_some(scheduled.message.trim())
    });
    let Some(message) = waiting else {
        let ready = daemon.status.number_ready;
        let local = if ready > 0 && service.spec.external_traffic_policy == "Local" {
            ", on no node with a ready pod of the Service (externalTrafficPolicy Local)"
        } else {
            ""
        };
        let told = format!("{ready} of its svclb pods (DaemonSet {name}) are ready{local}");
        return Some(Reason::new(told, suspects));
    };
    let rival = rival(view, service);
    let taken = rival.as_ref().map_or_else(String::new, |(port, other)| {
        format!("; port {port} of the nodes is {other}'s")
    });
    suspects.extend(rival.map(|(_, other)| other));
    let told = format!("its svclb pods (DaemonSet {name}) find no node: {message}{taken}");
    Some(Reason::new(told, suspects))
}

/// Another LoadBalancer that has one of its ports: svclb pods take ports of the nodes.
fn rival(view: &View<'_>, service: &Service) -> Option<(i64, ObjectRef)> {
    let others = view.all::<DaemonSet>().iter().filter(|daemon| {
        let meta = &daemon.metadata;
        !meta.label(SERVICE_NAME).is_empty() && !is_for(meta, &service.metadata)
    });
    let ports = others.flat_map(|daemon| {
        let containers = daemon.spec.template.spec.containers.iter();
        let ports = containers.flat_map(|container| &container.ports);
        ports.map(move |port| (port.container_port, &daemon.metadata))
    });
    let mut taken =
        ports.filter(|(port, _)| service.spec.ports.iter().any(|own| own.port == *port));
    taken.next().map(|(port, meta)| {
        let other = shared::facts::Kind::Service
            .object(meta.label(SERVICE_NAMESPACE), meta.label(SERVICE_NAME));
        (port, other)
    })
}

/// A cluster of k3s in which no Service has svclb pods: ServiceLB is switched off.
pub(super) fn disabled(view: &View<'_>) -> Option<Reason> {
    let is_k3s = |node: &Node| node.spec.provider_id.starts_with("k3s://");
    let nodes = view.all::<Node>();
    let daemons = view.all::<DaemonSet>();
    let is_used = daemons
        .iter()
        .any(|daemon| !daemon.metadata.label(SERVICE_NAME).is_empty());
    let is_off = !nodes.is_empty() && nodes.iter().all(is_k3s) && !is_used && !daemons.is_empty();
    is_off.then(|| {
        Reason::new(
            "k3s made no svclb pods (its ServiceLB is switched off), and nothing else gives addresses",
            [],
        )
    })
}
