//! certificates/request-not-ready: A request for a certificate was refused or gets no answer.
//!
//! cert-manager makes a CertificateRequest for each attempt. It was denied by a policy, refused by
//! the issuer, or waits for an issuer or an ACME order.
//!
//! A request that failed is not tried again; cert-manager makes a new one after a while, or at
//! once with `cmctl renew CERTIFICATE -n NAMESPACE`.

use shared::facts::kinds::cert_manager::{CertificateRequest, Order};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};

use crate::checks::evidence::certificates::{cert_manager, issuance};
use crate::checks::evidence::words::{self, remedy};

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
            .suspect(issuance::misled(view, request))
            .suspect(cert_manager::issuing(view))
            .remedy(remedy::describe(&request.reference()));
    }
}
