//! certificates/expired: A certificate is past its end.
//!
//! Clients refuse it. cert-manager renews at two thirds of a certificate's time, so that it has
//! failed to do so for weeks, or did not run.
//!
//! Mend what keeps it from being renewed (the finding that this one points at), then have it done
//! at once: `cmctl renew NAME -n NAMESPACE`.

use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Certificate),
    live(Kind::CertificateRequest).hint(),
    declared(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for certificate in view.all::<Certificate>() {
        let end = certificate.status.not_after.0;
        if let Some(end) = end.filter(|_| issuance::is_expired(certificate, view.now())) {
            let meta = &certificate.metadata;
            found
                .error(certificate, format!("expired on {end}"))
                .suspect(issuance::causes(view, certificate))
                .remedy(command!("cmctl renew {} -n {}", meta.name, meta.namespace));
        }
    }
}
