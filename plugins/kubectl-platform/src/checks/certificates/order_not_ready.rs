//! certificates/order-not-ready: An ACME server does not fulfil an order.
//!
//! The order was refused (a rate limit, a CAA record that forbids it, a name that the server does
//! not accept), or one of its challenges was not met.
//!
//! The reason is the ACME server's own. A rate limit passes with time only: see
//! <https://letsencrypt.org/docs/rate-limits/>, and test with the staging server.

use shared::facts::kinds::cert_manager::{Challenge, Order};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::certificates::{cert_manager, issuance};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::{self, remedy};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Order),
    live(Kind::CertificateRequest).hint(),
    live(Kind::Certificate).hint(),
    live(Kind::Challenge).hint(),
    declared(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    // The limits of an ACME account are those of all its orders.
    let mut siblings = Siblings::default();
    for order in view
        .all::<Order>()
        .iter()
        .filter(|order| !order.status.reason.is_empty())
    {
        siblings.add(
            order.reference(),
            &order.spec.issuer_ref.name,
            &order.status.reason,
        );
    }
    for order in view.all::<Order>() {
        let meta = &order.metadata;
        if !issuance::is_order_awaited(view, meta) {
            continue;
        }
        let health = order.health(view.now());
        if let Some(finding) = found.unwell(order, &health, words::told(&health)) {
            let challenges = view.all::<Challenge>().iter().filter(|challenge| {
                challenge.metadata.namespace == meta.namespace
                    && issuance::is_owned_by(&challenge.metadata, "Order", &meta.name)
            });
            finding
                .suspect(challenges.map(Fact::reference))
                .suspect(siblings.of(&order.reference()))
                .suspect(issuance::issuer(&meta.namespace, &order.spec.issuer_ref))
                .suspect(cert_manager::issuing(view))
                .remedy(remedy::describe(&order.reference()));
        }
    }
}
