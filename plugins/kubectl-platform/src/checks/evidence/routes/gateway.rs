//! Gateways of the Gateway API: what their controllers say, and what they depend on.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, View};
use shared::health::Health;
use shared::object::ObjectRef;

use crate::checks::evidence::words;

/// What the controller says, of the listeners before the whole: they say more.
pub(in crate::checks) fn told(gateway: &Gateway, health: &Health) -> String {
    let listeners = gateway.status.listeners.iter().filter_map(|listener| {
        let order = ["ResolvedRefs", "Accepted", "Conflicted", "Programmed"];
        let wrong = order.iter().find_map(|kind| {
            let condition = listener.conditions.iter().find(|c| c.r#type == *kind)?;
            (condition.is_true() == (*kind == "Conflicted")).then_some(condition)
        })?;
        Some(format!(
            "listener {}: {}: {}",
            listener.name, wrong.reason, wrong.message
        ))
    });
    let all: Vec<_> = listeners.collect();
    if all.is_empty() {
        words::told(health)
    } else {
        all.join("; ")
    }
}

/// Its class, the Secrets of its listeners, and the Service that its controller makes for it.
pub(in crate::checks) fn causes(view: &View<'_>, gateway: &Gateway) -> Vec<ObjectRef> {
    let meta = &gateway.metadata;
    let class = Kind::GatewayClass.object("", &gateway.spec.gateway_class_name);
    let tls = gateway
        .spec
        .listeners
        .iter()
        .filter_map(|listener| listener.tls.as_ref());
    let secrets = tls.flat_map(|tls| &tls.certificate_refs).map(|to| {
        let namespace = meta.namespace_of(&to.namespace);
        Kind::Secret.object(namespace, &to.name)
    });
    let services = view.all::<Service>().iter().filter(|service| {
        let of_gateway = service
            .metadata
            .label("gateway.networking.k8s.io/gateway-name");
        service.metadata.namespace == meta.namespace && of_gateway == meta.name
    });
    [class]
        .into_iter()
        .chain(secrets)
        .chain(services.map(Fact::reference))
        .collect()
}

/// The workloads that the name of a class' controller speaks of: `io.cilium/gateway-controller`,
/// `traefik.io/gateway-controller`, `gateway.envoyproxy.io/gatewayclass-controller`.
pub(in crate::checks) fn controllers(view: &View<'_>, name: &str) -> Vec<ObjectRef> {
    let host = name.split('/').next().unwrap_or_default();
    let words: Vec<_> = host
        .split('.')
        .filter(|word| word.len() > 3 && *word != "gateway")
        .collect();
    let deployments = view.all::<Deployment>().iter().filter(|deployment| {
        let mut images = deployment
            .spec
            .template
            .spec
            .containers
            .iter()
            .map(|c| &c.image);
        images.any(|image| words.iter().any(|word| image.contains(word)))
    });
    deployments.map(Fact::reference).collect()
}
