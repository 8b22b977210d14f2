//! certificates/challenge-not-ready: An ACME challenge is not met.
//!
//! The ACME server asks for proof that the name is ours: a TXT record (DNS-01) or an answer over
//! HTTP (HTTP-01). cert-manager could not give it, or does not see it from where it looks.
//!
//! DNS-01: is the token good for the zone, and does the zone's name server answer? HTTP-01: does
//! the name lead to the ingress controller, and is port 80 open from outside?

use shared::facts::kinds::cert_manager::{Challenge, Order};
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;
use shared::object::ObjectRef;

use crate::checks::evidence::remedy;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::{cert_manager, issuance, message, words};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Challenge),
    live(Kind::Order).hint(),
    live(Kind::CertificateRequest).hint(),
    live(Kind::Certificate).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::Service).hint(),
    declared(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    // Those of one issuer that fail alike fail for what they share: a token, a zone, an account.
    let mut siblings = Siblings::default();
    for challenge in view.all::<Challenge>() {
        let (spec, reason) = (&challenge.spec, &challenge.status.reason);
        if !reason.is_empty() {
            let reason = reason.replace(&spec.dns_name, "");
            siblings.add(challenge.reference(), &spec.issuer_ref.name, &reason);
        }
    }
    for challenge in view.all::<Challenge>() {
        let meta = &challenge.metadata;
        let order = issuance::owner(meta, "Order")
            .and_then(|name| view.get::<Order>(&meta.namespace, name));
        if order.is_some_and(|order| !issuance::is_order_awaited(view, &order.metadata)) {
            continue;
        }
        let health = challenge.health(view.now());
        let told = format!("{} {}", challenge.spec.r#type, words::told(&health));
        if let Some(finding) = found.unwell(challenge, &health, told) {
            let (about, why) = (challenge.reference(), &challenge.status.reason);
            finding
                .suspect(secrets(view, challenge))
                .suspect(message::suspects(view, &about, why))
                .suspect(answering(view, challenge))
                .suspect(siblings.of(&about))
                .suspect(issuance::issuer(
                    &meta.namespace,
                    &challenge.spec.issuer_ref,
                ))
                .suspect(cert_manager::issuing(view))
                .remedy(remedy::describe(&challenge.reference()));
        }
    }
}

/// The Secrets that open the DNS provider.
fn secrets(view: &View<'_>, challenge: &Challenge) -> Vec<ObjectRef> {
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
fn answering(view: &View<'_>, challenge: &Challenge) -> Vec<ObjectRef> {
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
