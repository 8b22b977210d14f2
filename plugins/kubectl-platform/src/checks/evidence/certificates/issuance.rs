//! How a certificate comes to be: Certificate -> CertificateRequest -> Order -> Challenge, and
//! which attempts still matter.
//!
//! A check that uses this hints at `Kind::Certificate`, `Kind::CertificateRequest` and what
//! [`super::cert_manager`] asks for.

use jiff::Timestamp;
use shared::facts::kinds::cert_manager::{
    Certificate, CertificateRequest, ClusterIssuer, Issuer, IssuerRef,
};
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, Kind, View};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use super::cert_manager;

/// cert-manager's own group; issuers of other groups are other programs' business.
const GROUP: &str = "cert-manager.io";

/// The issuer that a reference names, where it is one of cert-manager's own.
pub(in crate::checks) fn issuer(namespace: &str, named: &IssuerRef) -> Option<ObjectRef> {
    if !named.group.is_empty() && named.group != GROUP {
        return None;
    }
    match named.kind.as_str() {
        "" | "Issuer" => Some(Kind::Issuer.object(namespace, &named.name)),
        "ClusterIssuer" => Some(Kind::ClusterIssuer.object("", &named.name)),
        _ => None,
    }
}

/// Whether an object belongs to one of this kind and name in its namespace.
pub(in crate::checks) fn is_owned_by(meta: &Meta, kind: &str, name: &str) -> bool {
    let mut owners = meta.owner_references.iter();
    owners.any(|owner| owner.kind == kind && owner.name == name)
}

/// The name of an object's owner of this kind.
pub(in crate::checks) fn owner<'a>(meta: &'a Meta, kind: &str) -> Option<&'a str> {
    let mut owners = meta.owner_references.iter();
    owners
        .find(|owner| owner.kind == kind)
        .map(|owner| owner.name.as_str())
}

/// What a certificate that is not issued is to be blamed on: its issuer, its requests, others that
/// write the same Secret, and cert-manager itself.
pub(in crate::checks) fn causes(view: &View<'_>, certificate: &Certificate) -> Vec<ObjectRef> {
    let meta = &certificate.metadata;
    let requests = view.all::<CertificateRequest>().iter().filter(|request| {
        request.metadata.namespace == meta.namespace
            && is_owned_by(&request.metadata, "Certificate", &meta.name)
    });
    let rivals = view.all::<Certificate>().iter().filter(|other| {
        other.metadata.namespace == meta.namespace
            && other.metadata.name != meta.name
            && other.spec.secret_name == certificate.spec.secret_name
    });
    requests
        .map(Fact::reference)
        .chain(issuer(&meta.namespace, &certificate.spec.issuer_ref))
        .chain(rivals.map(Fact::reference))
        .chain(cert_manager::issuing(view))
        .collect()
}

/// The Certificates that write a Secret.
pub(in crate::checks) fn writers<'a>(
    view: &View<'a>,
    secret: &ObjectRef,
) -> impl Iterator<Item = &'a Certificate> {
    view.all::<Certificate>().iter().filter(|certificate| {
        certificate.metadata.namespace == secret.namespace()
            && certificate.spec.secret_name == secret.name
    })
}

/// Whether a certificate's time is over.
pub(in crate::checks) fn is_expired(certificate: &Certificate, now: Timestamp) -> bool {
    let end = certificate.status.not_after.0;
    end.is_some_and(|end| end <= now)
}

/// Whether what came of a request still matters: of a certificate that was issued since, or that
/// is gone, it does not.
pub(in crate::checks) fn is_latest(view: &View<'_>, request: &CertificateRequest) -> bool {
    let meta = &request.metadata;
    let Some(name) = owner(meta, "Certificate") else {
        return true;
    };
    let Some(certificate) = view.get::<Certificate>(&meta.namespace, name) else {
        return !view.knows::<Certificate>();
    };
    let revision = meta.annotation("cert-manager.io/certificate-revision");
    match revision.parse::<i64>() {
        Ok(revision) => revision > certificate.status.revision,
        Err(_) => {
            let tries = condition(&certificate.status.conditions, "Issuing").is_some();
            tries || certificate.health(view.now()).status != Status::Current
        }
    }
}

/// Whether the request that an order was made for still matters.
pub(in crate::checks) fn is_order_awaited(view: &View<'_>, order: &Meta) -> bool {
    let Some(name) = owner(order, "CertificateRequest") else {
        return true;
    };
    match view.get::<CertificateRequest>(&order.namespace, name) {
        Some(request) => {
            let is_done = request.health(view.now()).status == Status::Current;
            !is_done && is_latest(view, request)
        }
        None => !view.knows::<CertificateRequest>(),
    }
}

/// The certificate of a request, where the issuer that it names is of the other kind.
pub(in crate::checks) fn misled(
    view: &View<'_>,
    request: &CertificateRequest,
) -> Option<ObjectRef> {
    let meta = &request.metadata;
    let named = &request.spec.issuer_ref;
    let is_cluster = named.kind == Kind::ClusterIssuer.name();
    let other = if is_cluster {
        view.get::<Issuer>(&meta.namespace, &named.name).is_some()
            && view.get::<ClusterIssuer>("", &named.name).is_none()
    } else {
        view.get::<ClusterIssuer>("", &named.name).is_some()
            && view.get::<Issuer>(&meta.namespace, &named.name).is_none()
    };
    let certificate = owner(meta, "Certificate").filter(|_| other)?;
    Some(Kind::Certificate.object(&meta.namespace, certificate))
}
