//! certificates/issuer-not-ready: An issuer cannot issue.
//!
//! cert-manager could not set the issuer up: the ACME account is not registered, the Secret of an
//! authority is missing or no key pair, a vault does not answer. No certificate that names it is
//! issued or renewed.
//!
//! The message says what failed; what it names (a Secret, a host) is the place to mend.

use shared::facts::kinds::cert_manager::{ClusterIssuer, Issuer, IssuerFields};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::certificates::{cert_manager, issuer_secrets};
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::{self, message};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Issuer),
    live(Kind::ClusterIssuer),
    declared(Kind::Deployment).hint(),
    declared(Kind::Service).hint(),
    declared(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each(view, view.all::<Issuer>(), found);
    each(view, view.all::<ClusterIssuer>(), found);
}

fn each<F>(view: &View<'_>, issuers: &[F], found: &mut Findings)
where
    F: Assess + std::ops::Deref<Target = IssuerFields>,
{
    for issuer in issuers {
        let health = issuer.health(view.now());
        if let Some(finding) = found.unwell(issuer, &health, words::told(&health)) {
            let about = issuer.reference();
            finding
                .suspect(issuer_secrets::all(view, issuer).map(|(secret, ..)| secret))
                .suspect(message::suspects(view, &about, &health.message))
                .suspect(cert_manager::issuing(view))
                .remedy(remedy::describe(&about));
        }
    }
}
