//! certificates/issuer-missing: A certificate names an issuer that does not exist.
//!
//! cert-manager waits for the issuer, and the certificate is never issued. Where `kind` is left
//! out it means `Issuer`, one of the certificate's own namespace; most platforms have a
//! `ClusterIssuer`.
//!
//! Compare `spec.issuerRef` with `kubectl get issuers,clusterissuers -A`.

use shared::facts::kinds::cert_manager::{Certificate, ClusterIssuer, Issuer};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::flux::applier;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Certificate),
    declared(Kind::Issuer).named(),
    declared(Kind::ClusterIssuer).named(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for certificate in view.all::<Certificate>() {
        let namespace = &certificate.metadata.namespace;
        let Some(issuer) = issuance::issuer(namespace, &certificate.spec.issuer_ref) else {
            continue;
        };
        let name = issuer.name.as_str();
        let of_namespace = view.get::<Issuer>(namespace, name).is_some();
        let of_cluster = view.get::<ClusterIssuer>("", name).is_some();
        let is_cluster = issuer.kind == Kind::ClusterIssuer.name();
        let (exists, other) = if is_cluster {
            (of_cluster, of_namespace.then_some("an Issuer"))
        } else {
            (of_namespace, of_cluster.then_some("a ClusterIssuer"))
        };
        let is_known = match is_cluster {
            true => view.knows::<ClusterIssuer>(),
            false => view.knows::<Issuer>(),
        };
        match other {
            _ if exists => {}
            Some(kind) if is_known => {
                let told = format!("spec.issuerRef names {issuer}, but {name} is {kind}");
                found.error(certificate, told);
            }
            _ => {
                let makers = || applier::appliers(view, &certificate.metadata);
                absent.add(issuer, &certificate.reference(), "spec.issuerRef", makers);
            }
        }
    }
    absent.report(found, |_, finding| {
        finding.remedy("kubectl get issuers,clusterissuers -A");
    });
}
