//! certificates/challenge-not-ready: An ACME challenge is not met.
//!
//! The ACME server asks for proof that the name is ours: a TXT record (DNS-01) or an answer over
//! HTTP (HTTP-01). cert-manager could not give it, or does not see it from where it looks.
//!
//! DNS-01: is the token good for the zone, and does the zone's name server answer? HTTP-01: does
//! the name lead to the ingress controller, and is port 80 open from outside?

use shared::facts::kinds::cert_manager::{Challenge, Order};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::certificates::{cert_manager, issuance, solver};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::{self, message};

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
                .suspect(solver::secrets(view, challenge))
                .suspect(message::suspects(view, &about, why))
                .suspect(solver::answering(view, challenge))
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
