//! How cert-manager proves to an ACME server that a name is ours.

use shared::facts::kinds::cert_manager::Challenge;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::cert_manager;

/// The Secrets that open the DNS provider.
pub(in crate::checks) fn secrets(view: &View<'_>, challenge: &Challenge) -> Vec<ObjectRef> {
    let is_cluster = challenge.spec.issuer_ref.kind == "ClusterIssuer";
    let namespace = if is_cluster {
        ""
    } else {
        &challenge.metadata.namespace
    };
    let namespace = cert_manager::namespace_of_secrets(view, namespace);
    let refs = challenge
        .spec
        .solver
        .dns01
        .iter()
        .flat_map(|dns| dns.0.values());
    refs.map(|key| Kind::Secret.object(&namespace, &key.name))
        .collect()
}

/// What an answer over HTTP comes through: a load balancer, the solver's class and its Service.
pub(in crate::checks) fn answering(view: &View<'_>, challenge: &Challenge) -> Vec<ObjectRef> {
    let Some(http) = &challenge.spec.solver.http01 else {
        return Vec::new();
    };
    let class = http
        .ingress
        .iter()
        .map(|ingress| ingress.ingress_class_name.as_str());
    let class = class.filter(|name| !name.is_empty());
    let services = view.all::<Service>().iter().filter(|service| {
        let is_solver = !service
            .metadata
            .label("acme.cert-manager.io/http01-solver")
            .is_empty()
            && service.metadata.namespace == challenge.metadata.namespace;
        is_solver || service.spec.r#type == "LoadBalancer"
    });
    class
        .map(|name| Kind::IngressClass.object("", name))
        .chain(services.map(Fact::reference))
        .collect()
}
