//! network/host-not-in-certificate: A host is served with a certificate that is not for it.
//!
//! Browsers warn and clients refuse: the name they asked for is not among the certificate's. No
//! other certificate that is served here is for it either.
//!
//! Add the host to `spec.dnsNames` of the Certificate, or name the Secret that is for it. Do so in Git: Flux takes back
//! what is changed in the cluster, and cert-manager what is changed in a Certificate that it made for an Ingress or a
//! Gateway (there `spec.tls` is to name the host).

use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::x509;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::certificates::tls::served_and;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::{certificates, on_its_way};

pub(super) const NEEDS: &[Need] = served_and![
    declared(Kind::Secret),
    live(Kind::Certificate).hint(),
    live(Kind::ExternalSecret).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (secret, (hosts, by)) in certificates::uncovered(view) {
        let secret = &secret;
        let names: Vec<_> = hosts.iter().map(String::as_str).collect();
        let told = format!("is not for {}, which {by} serves with it", names.join(", "));
        // A Certificate that does not ask for the host is what is to be changed.
        let asks = |of: &Certificate| {
            hosts
                .iter()
                .all(|host| x509::covers(&of.spec.dns_names, host))
        };
        let mut writers = issuance::writers(view, secret);
        if let Some(certificate) = writers.find(|certificate| !asks(certificate)) {
            let maker = certificate.metadata.controller();
            let change = match maker.map(|maker| (maker.kind.as_str(), &maker.name)) {
                Some((kind, name)) => format!("add it to what {kind} {name} asks for, in Git"),
                None => "add it to spec.dnsNames, in Git".to_owned(),
            };
            found
                .error(
                    certificate,
                    format!("Secret {} {told}: {change}", secret.name),
                )
                .remedy(remedy::describe(&certificate.reference()));
        } else if let Some(fact) = view.get::<Secret>(secret.namespace(), &secret.name) {
            let level = on_its_way::level_of_missing(view, secret);
            found
                .about(level, fact, format!("the certificate {told}"))
                .suspect(issuance::writers(view, secret).map(Fact::reference))
                .remedy(remedy::describe(secret));
        }
    }
}
