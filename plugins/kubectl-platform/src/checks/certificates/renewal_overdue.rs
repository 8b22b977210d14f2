//! certificates/renewal-overdue: A certificate should have been renewed by now.
//!
//! It is still good, but cert-manager did not renew it when it meant to: the last attempt failed,
//! or nobody tried. Without a renewal it expires.
//!
//! Look at the last attempt with `kubectl describe certificate NAME -n NAMESPACE`. cert-manager
//! waits longer after each failure (up to 32 hours); `cmctl renew NAME -n NAMESPACE` tries at once.

use jiff::SignedDuration;
use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, DEFAULT_DEADLINE, Status};

use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Certificate),
    live(Kind::CertificateRequest).hint(),
    declared(Kind::Deployment).hint(),
];

/// So long nobody need mind: cert-manager may just be restarting.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for certificate in view.all::<Certificate>() {
        let status = &certificate.status;
        let late = status.renewal_time.age(view.now());
        let (Some(late), Some(end)) = (late, status.not_after.0) else {
            continue;
        };
        // One that is being issued, or failed to be, is certificate-not-ready's.
        let is_at_rest = certificate.health(view.now()).status == Status::Current;
        if !is_at_rest || late <= DEFAULT_DEADLINE || issuance::is_expired(certificate, view.now())
        {
            continue;
        }
        let failed = condition(&status.conditions, "Issuing").filter(|last| last.is_false());
        let level = Level::error_if(failed.is_some() || late > PATIENCE);
        let due = status
            .renewal_time
            .0
            .map_or_else(String::new, |due| format!("{due}"));
        let why = failed.map_or_else(String::new, |last| format!("; {}", last.message));
        found
            .about(
                level,
                certificate,
                format!("was to be renewed on {due} and expires on {end}{why}"),
            )
            .suspect(issuance::causes(view, certificate))
            .remedy(remedy::describe(&certificate.reference()));
    }
}
