//! What answers the cluster's DNS.

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate};
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::workload::Workload;

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

/// The Services by which pods ask them.
pub(in crate::checks) fn services(view: &View<'_>) -> Vec<ObjectRef> {
    let services = view.all::<Service>().iter();
    let of_dns = services.filter(|service| {
        let meta = &service.metadata;
        meta.namespace == "kube-system"
            && (meta.label("k8s-app") == "kube-dns" || meta.name == "kube-dns")
    });
    of_dns.map(Fact::reference).collect()
}

fn is_dns<F: Fact>(fact: &F, template: &PodTemplate) -> bool {
    let labels = &template.metadata;
    fact.meta().namespace == "kube-system"
        && (["kube-dns", "coredns"].contains(&labels.label("k8s-app"))
            || labels.label("app.kubernetes.io/name") == "coredns")
}
