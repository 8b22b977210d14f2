//! The addresses of a Service or Gateway, or why there are none.

use serde::Serialize;
use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::service::{LoadBalancer, Service};
use shared::facts::meta::condition;
use shared::facts::{Facts, Need, View};
use shared::failure::{Exit, Failure};
use shared::object::ObjectRef;

use super::target::Target;
use crate::checks::evidence::services::load_balancer::{self, EVIDENCE};

/// What came of looking for addresses.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cluster: Option<String>,
    pub(super) object: ObjectRef,
    pub(super) addresses: Vec<String>,
    /// Why there are no addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Answer {
    pub(super) fn of(facts: &Facts, view: &View<'_>, target: &Target<'_>) -> Self {
        let addresses = match target {
            Target::Service(service) => of_service(service),
            Target::Gateway(gateway) => of_gateway(gateway),
        };
        let reason = addresses.is_empty().then(|| match target {
            Target::Service(service) => why_pending(view, service),
            Target::Gateway(gateway) => why_without(view, gateway),
        });
        let reason = reason.map(|reason| reason + &unseen(facts));
        Self {
            cluster: facts.cluster.clone(),
            object: target.object(),
            addresses,
            reason,
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        self.addresses.is_empty()
    }

    /// That there is no address, and why.
    pub(super) fn failure(&self) -> Option<Failure> {
        let reason = self.reason.as_ref()?;
        let object = &self.object;
        let told = format!(
            "{} {}/{} has no address: {reason}",
            object.kind,
            object.namespace(),
            object.name
        );
        let cluster = self.cluster.as_ref();
        let told = cluster.map_or(told.clone(), |cluster| format!("{cluster}: {told}"));
        Some(Failure::new(told).exit(Exit::Failed))
    }
}

/// The addresses by which a Service is reached from outside, each once.
pub(super) fn of_service(service: &Service) -> Vec<String> {
    let given = given(&service.status.load_balancer);
    unique(given.iter().chain(&service.spec.external_ips))
}

/// The addresses that a load balancer gave, each once.
pub(super) fn given(balancer: &LoadBalancer) -> Vec<String> {
    let given = balancer.ingress.iter();
    unique(given.map(|one| {
        if one.ip.is_empty() {
            &one.hostname
        } else {
            &one.ip
        }
    }))
}

/// The addresses of a gateway, each once.
pub(super) fn of_gateway(gateway: &Gateway) -> Vec<String> {
    unique(
        gateway
            .status
            .addresses
            .iter()
            .map(|address| &address.value),
    )
}

/// What a reason would also have been looked for in.
fn unseen(facts: &Facts) -> String {
    let is_unseen = |need: &&Need| {
        let gap = facts.gap(need.kind);
        gap.is_some_and(|gap| gap.reason.is_incomplete())
    };
    let unseen: Vec<_> = EVIDENCE.iter().filter(is_unseen).collect();
    if unseen.is_empty() {
        return String::new();
    }
    let kinds: Vec<_> = unseen.iter().map(|need| need.kind.plural()).collect();
    format!(" (could not look at {})", kinds.join(", "))
}

fn unique<'a>(all: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for address in all {
        if !address.is_empty() && !kept.contains(address) {
            kept.push(address.clone());
        }
    }
    kept
}

fn why_pending(view: &View<'_>, service: &Service) -> String {
    if load_balancer::is_pending(service) {
        return load_balancer::reason(view, service).message;
    }
    let kind = if service.spec.r#type.is_empty() {
        "ClusterIP"
    } else {
        &service.spec.r#type
    };
    format!("it is of type {kind}, which gets none")
}

/// A gateway mostly waits for the Service that its controller made for it.
fn why_without(view: &View<'_>, gateway: &Gateway) -> String {
    let meta = &gateway.metadata;
    let mut services = view.all::<Service>().iter().filter(|service| {
        let of_gateway = service
            .metadata
            .label("gateway.networking.k8s.io/gateway-name");
        service.metadata.namespace == meta.namespace && of_gateway == meta.name
    });
    if let Some(service) = services.find(|service| load_balancer::is_pending(service)) {
        let reason = load_balancer::reason(view, service).message;
        return format!(
            "its Service {} waits for one: {reason}",
            service.metadata.name
        );
    }
    let conditions = &gateway.status.conditions;
    let told = ["Accepted", "Programmed"]
        .iter()
        .filter_map(|name| condition(conditions, name))
        .find(|condition| !condition.is_true());
    told.map_or_else(
        || {
            format!(
                "no controller of its class {} gave it one",
                gateway.spec.gateway_class_name
            )
        },
        |told| format!("{}: {}", told.reason, told.message),
    )
}
