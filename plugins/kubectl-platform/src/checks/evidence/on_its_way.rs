//! Whether something that is not there yet is just being made.
//!
//! A check that uses this hints at `Kind::Certificate` and `Kind::ExternalSecret`.

use jiff::Timestamp;
use shared::facts::View;
use shared::facts::kinds::secret_sync::ExternalSecret;
use shared::finding::Level;
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::certificates::issuance;
use super::secrets::secret_source;

/// How bad it is that a Secret is missing: it may just be being made.
pub(in crate::checks) fn level_of_missing(view: &View<'_>, object: &ObjectRef) -> Level {
    Level::info_while(secret(view, object))
}

/// Whether a Certificate or ExternalSecret that writes this Secret still has time to do so.
fn secret(view: &View<'_>, object: &ObjectRef) -> bool {
    let (namespace, name) = (object.namespace(), object.name.as_str());
    let mut certificates = issuance::writers(view, object);
    let mut externals = view.all::<ExternalSecret>().iter().filter(|external| {
        external.metadata.namespace == namespace && secret_source::target(external) == name
    });
    certificates.any(|certificate| has_time(certificate, view.now()))
        || externals.any(|external| has_time(external, view.now()))
}

/// What began at no known time had all the time it needs.
fn has_time<F: Assess>(fact: &F, now: Timestamp) -> bool {
    let health = fact.health(now);
    let age = health.since.age(now);
    health.status == Status::InProgress && age.is_some_and(|age| age <= health.deadline)
}
