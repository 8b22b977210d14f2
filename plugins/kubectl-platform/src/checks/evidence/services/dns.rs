//! What answers the cluster's DNS.

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate};
use shared::facts::kinds::service::Service;
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::selection;
use crate::checks::evidence::pods::trouble::is_late;
use crate::checks::evidence::pods::workload::Workload;

/// The DNS servers of a cluster: mostly the Deployment coredns. Distributions name it in their own
/// way, but label its pods alike.
pub(in crate::checks) fn servers<'a>(view: &View<'a>) -> Vec<Workload<'a>> {
    let deployments = view.all::<Deployment>().iter();
    let sets = view.all::<DaemonSet>().iter();
    deployments
        .filter(|deployment| is_dns(*deployment, &deployment.spec.template))
        .map(Workload::is)
        .chain(
            sets.filter(|set| is_dns(*set, &set.spec.template))
                .map(Workload::is),
        )
        .collect()
}

/// Whether pods may ask a cache on their node instead.
/// See <https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/>.
pub(in crate::checks) fn has_caches(view: &View<'_>) -> bool {
    view.all::<DaemonSet>().iter().any(|set| {
        let mut containers = set.spec.template.spec.containers.iter();
        containers.any(|container| container.image.contains("node-cache"))
    })
}

/// Whether any Service of their namespace leads to the servers.
pub(in crate::checks) fn is_led_to(view: &View<'_>) -> bool {
    let selects = |labels: &Meta, namespace: &str| {
        view.all::<Service>().iter().any(|service| {
            let is_beside = service.metadata.namespace == namespace;
            is_beside && selection::selects(&service.spec.selector, &labels.labels)
        })
    };
    let deployments = view.all::<Deployment>().iter();
    let deployments = deployments.filter(|one| is_dns(*one, &one.spec.template));
    let mut deployments =
        deployments.map(|one| (&one.spec.template.metadata, &one.metadata.namespace));
    let sets = view.all::<DaemonSet>().iter();
    let sets = sets.filter(|one| is_dns(*one, &one.spec.template));
    let mut sets = sets.map(|one| (&one.spec.template.metadata, &one.metadata.namespace));
    deployments.any(|(labels, space)| selects(labels, space))
        || sets.any(|(labels, space)| selects(labels, space))
}

/// The Services by which pods ask them, or would.
pub(in crate::checks) fn services(view: &View<'_>) -> Vec<ObjectRef> {
    let services = view.all::<Service>().iter();
    let of_dns = services.filter(|service| {
        let meta = &service.metadata;
        meta.namespace == "kube-system"
            && (meta.label("k8s-app") == "kube-dns" || meta.name == "kube-dns")
    });
    let all: Vec<ObjectRef> = of_dns.map(Fact::reference).collect();
    if all.is_empty() && !servers(view).is_empty() {
        return vec![Kind::Service.object("kube-system", "kube-dns")];
    }
    all
}

/// The server that is not there: pods ask the Service kube-dns; where it has a selector and nothing
/// carries it, nobody answers.
pub(in crate::checks) fn missing(view: &View<'_>) -> Option<ObjectRef> {
    let service = view.get::<Service>("kube-system", "kube-dns")?;
    let asks_pods = service.spec.selector.get("k8s-app")? == "kube-dns";
    let is_known = view.knows::<Deployment>() && view.knows::<DaemonSet>();
    (asks_pods && is_known).then(|| Kind::Deployment.object("kube-system", "coredns"))
}

/// How many pods of a server are ready, how many are wanted, and whether that is new.
pub(in crate::checks) fn ready(view: &View<'_>, server: &ObjectRef) -> (i64, i64, bool) {
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

fn is_dns<F: Fact>(fact: &F, template: &PodTemplate) -> bool {
    let labels = &template.metadata;
    fact.meta().namespace == "kube-system"
        && (["kube-dns", "coredns"].contains(&labels.label("k8s-app"))
            || labels.label("app.kubernetes.io/name") == "coredns")
}
