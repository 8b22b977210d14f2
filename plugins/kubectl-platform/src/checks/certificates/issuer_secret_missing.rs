//! certificates/issuer-secret-missing: A Secret that an issuer needs does not exist.
//!
//! The token of a DNS provider, the key pair of an authority or the credentials of a vault are not
//! there, or lack the key that the issuer names. What is issued stays good, but nothing new is
//! issued and nothing renewed.
//!
//! Of a ClusterIssuer cert-manager looks in its own namespace, mostly `cert-manager`. Make the
//! Secret there, or mend what should make it (an ExternalSecret, a SealedSecret, a Kustomization).

use shared::facts::kinds::cert_manager::{ClusterIssuer, Issuer, IssuerFields};
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::certificates::issuer_secrets;
use crate::checks::evidence::on_its_way;
use crate::checks::evidence::secrets::secret_source;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Issuer),
    declared(Kind::ClusterIssuer),
    declared(Kind::Secret).lookup(),
    declared(Kind::Deployment).hint(),
    live(Kind::Certificate).hint(),
    live(Kind::ExternalSecret).hint(),
    live(Kind::SealedSecret).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    each(view, view.all::<Issuer>(), found, &mut absent);
    each(view, view.all::<ClusterIssuer>(), found, &mut absent);
    absent.report(found, |secret, finding| {
        finding.level = on_its_way::level_of_missing(view, secret);
        absent::tell_elsewhere::<Secret>(view, secret, finding);
        finding.remedy(command!("kubectl get secrets -n {}", secret.namespace()));
    });
}

fn each<F>(view: &View<'_>, issuers: &[F], found: &mut Findings, absent: &mut Absent)
where
    F: Fact + std::ops::Deref<Target = IssuerFields>,
{
    for issuer in issuers {
        let about = issuer.reference();
        for (object, field, key) in issuer_secrets::all(view, issuer) {
            match view.get::<Secret>(object.namespace(), &object.name) {
                None => {
                    let makers = secret_source::makers_of(view, &issuer.metadata, &object);
                    absent.add(object, &about, field, || makers);
                }
                Some(secret) if !key.is_empty() && secret.lacks(key) => {
                    let told = format!("has no key {key}, which {field} of {about} names");
                    found.error(secret, told);
                }
                Some(_) => {}
            }
        }
    }
}
