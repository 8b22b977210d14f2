//! certificates/request-not-ready: A request for a certificate was refused or gets no answer.
//!
//! cert-manager makes a CertificateRequest for each attempt. It was denied by a policy, refused by
//! the issuer, or waits for an issuer or an ACME order.
//!
//! A request that failed is not tried again; cert-manager makes a new one after a while, or at
//! once with `cmctl renew CERTIFICATE -n NAMESPACE`.

use shared::facts::kinds::cert_manager::{CertificateRequest, ClusterIssuer, Issuer, Order};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::remedy;
use crate::checks::evidence::{cert_manager, issuance, words};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::CertificateRequest),
    live(Kind::Certificate).hint(),
    live(Kind::Order).hint(),
    declared(Kind::Issuer).hint(),
    declared(Kind::ClusterIssuer).hint(),
    declared(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for request in view.all::<CertificateRequest>() {
        if !issuance::is_latest(view, request) {
            continue;
        }
        let meta = &request.metadata;
        let health = request.health(view.now());
        let Some(finding) = found.unwell(request, &health, words::told(&health)) else {
            continue;
        };
        // Who asks without a Certificate (a CSI driver, a mesh) asks again: nothing may miss it.
        if health.status == Status::Failed && issuance::owner(meta, "Certificate").is_none() {
            finding.level = Level::Warning;
        }
        let orders = view.all::<Order>().iter().filter(|order| {
            order.metadata.namespace == meta.namespace
                && issuance::is_owned_by(&order.metadata, "CertificateRequest", &meta.name)
        });
        finding
            .suspect(orders.map(Fact::reference))
            .suspect(issuance::issuer(&meta.namespace, &request.spec.issuer_ref))
            .suspect(misled(view, request))
            .suspect(cert_manager::issuing(view))
            .remedy(remedy::describe(&request.reference()));
    }
}

/// The certificate, where the issuer that it names is of the other kind.
fn misled(view: &View<'_>, request: &CertificateRequest) -> Option<ObjectRef> {
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
    let certificate = issuance::owner(meta, "Certificate").filter(|_| other)?;
    Some(Kind::Certificate.object(&meta.namespace, certificate))
}
