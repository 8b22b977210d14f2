//! network/gateway-not-programmed: A gateway, or one of its listeners, takes no requests.
//!
//! Its controller could not set it up: the certificate of a listener is missing, two listeners
//! conflict, its load balancer has no address, or its class has no controller.
//!
//! The message is the controller's own; `kubectl describe gateway NAME -n NAMESPACE` shows all.

use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::{Assess, Health};
use shared::object::ObjectRef;

use crate::checks::evidence::remedy;
use crate::checks::evidence::words;

pub(super) const NEEDS: &[Need] = &[live(Kind::Gateway), declared(Kind::Service).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for gateway in view.all::<Gateway>() {
        let health = gateway.health(view.now());
        let told = told(gateway, &health);
        if let Some(finding) = found.unwell(gateway, &health, told) {
            finding
                .suspect(causes(view, gateway))
                .remedy(remedy::describe(&gateway.reference()));
        }
    }
}

/// What the controller says, of the listeners before the whole: they say more.
fn told(gateway: &Gateway, health: &Health) -> String {
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
fn causes(view: &View<'_>, gateway: &Gateway) -> Vec<ObjectRef> {
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
