//! certificates/certificate-not-ready: A certificate was not issued.
//!
//! cert-manager could not get the certificate, or could not renew it, or its Secret holds another
//! one. What serves TLS with it shows a wrong certificate or none.
//!
//! The cause is mostly further on: in the request, its ACME order, the challenge, or the issuer.
//! Follow it with `kubectl describe certificate NAME -n NAMESPACE`, or `cmctl status certificate`.

use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::words::{self, remedy};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Certificate),
    live(Kind::CertificateRequest).hint(),
    declared(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for certificate in view.all::<Certificate>() {
        // That one is its own finding.
        if issuance::is_expired(certificate, view.now()) {
            continue;
        }
        let health = certificate.health(view.now());
        if let Some(finding) = found.unwell(certificate, &health, words::told(&health)) {
            finding
                .suspect(issuance::causes(view, certificate))
                .remedy(remedy::describe(&certificate.reference()));
        }
    }
}
