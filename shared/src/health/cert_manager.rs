//! cert-manager: issuers, certificates, and the ACME steps between them.

use jiff::Timestamp;

use super::conditions::{because, by, first, no_status, since_created};
use super::{Assess, Health, Status};
use crate::facts::kinds::cert_manager::{
    Certificate, CertificateRequest, Challenge, ClusterIssuer, Issuer, Order,
};
use crate::facts::meta::{Condition, Meta, condition};
use crate::facts::time::Time;

impl Assess for Certificate {
    fn health(&self, _: Timestamp) -> Health {
        certificate(&self.metadata, &self.status.conditions)
    }
}

/// A certificate of any version: one that is being issued is on its way, also when it is renewed.
pub(super) fn certificate(meta: &Meta, conditions: &[Condition]) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    let issuing = condition(conditions, "Issuing");
    if let Some(issuing) = issuing.filter(|c| c.is_true()) {
        return because(Status::InProgress, issuing);
    }
    match by(conditions, "Ready") {
        // The reason for which the last attempt failed says more than that there is no certificate.
        Some(ready) if ready.status == Status::Failed => issuing
            .filter(|issuing| issuing.is_false() && !issuing.message.is_empty())
            .map_or(ready, |failed| because(Status::Failed, failed)),
        Some(ready) => ready,
        None => no_status(meta),
    }
}

/// An issuer of any version.
pub(super) fn issuer(meta: &Meta, conditions: &[Condition]) -> Health {
    first(meta, 0)
        .or_else(|| by(conditions, "Ready"))
        .unwrap_or_else(|| no_status(meta))
}

impl Assess for Issuer {
    fn health(&self, _: Timestamp) -> Health {
        issuer(&self.metadata, &self.status.conditions)
    }
}

impl Assess for ClusterIssuer {
    fn health(&self, _: Timestamp) -> Health {
        issuer(&self.metadata, &self.status.conditions)
    }
}

impl Assess for CertificateRequest {
    fn health(&self, _: Timestamp) -> Health {
        request(&self.metadata, &self.status.conditions)
    }
}

/// A certificate request of any version.
pub(super) fn request(meta: &Meta, conditions: &[Condition]) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    let refused = ["Denied", "InvalidRequest"]
        .iter()
        .filter_map(|name| condition(conditions, name))
        .find(|condition| condition.is_true());
    if let Some(refused) = refused {
        return because(Status::Failed, refused);
    }
    match by(conditions, "Ready") {
        Some(pending) if pending.reason == "Pending" => Health {
            status: Status::InProgress,
            ..pending
        },
        Some(ready) => ready,
        None => no_status(meta),
    }
}

/// An order or a challenge by its state.
/// See <https://cert-manager.io/docs/reference/api-docs/#acme.cert-manager.io/v1.State>.
pub(super) fn acme(meta: &Meta, state: &str, reason: &str, failed: Time) -> Health {
    if let Some(health) = first(meta, 0) {
        return health;
    }
    match state {
        "valid" => Health::current(),
        "invalid" | "expired" | "errored" => {
            Health::new(Status::Failed, capitalised(state), reason).since(failed)
        }
        "" => since_created(meta, "Pending", reason),
        going => since_created(meta, &capitalised(going), reason),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |head| {
        head.to_uppercase().chain(letters).collect()
    })
}

impl Assess for Order {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        acme(
            &self.metadata,
            &status.state,
            &status.reason,
            status.failure_time,
        )
    }
}

impl Assess for Challenge {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        acme(
            &self.metadata,
            &status.state,
            &status.reason,
            Time::default(),
        )
    }
}
