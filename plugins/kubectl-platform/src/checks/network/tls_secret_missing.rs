//! network/tls-secret-missing: A route or gateway uses TLS with a Secret that does not exist.
//!
//! Ingress controllers then show their default certificate, which no client trusts; a gateway's
//! listener does not come up.
//!
//! Mostly a Certificate should write it: is there one with this `secretName`, in this namespace,
//! and is it ready? Secrets of other namespaces cannot be used.

use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::traefik::ServersTransport;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::certificates::cert_manager;
use crate::checks::evidence::certificates::tls::{self, served_and};
use crate::checks::evidence::needed::Needed;
use crate::checks::evidence::on_its_way;
use crate::checks::evidence::secrets::secret_source::{self, makers_and};

pub(super) const NEEDS: &[Need] = makers_and!(served_and![
    declared(Kind::Secret).lookup(),
    declared(Kind::ServersTransport),
]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    let mut served = tls::served(view);
    served.dedup_by(|a, b| (&a.secret, &a.by) == (&b.secret, &b.by));
    for one in served {
        let secret = one.secret;
        if view
            .get::<Secret>(secret.namespace(), &secret.name)
            .is_none()
        {
            let mut makers = secret_source::makers_of(view, one.meta, &secret);
            makers.extend(cert_manager::issuing(view));
            needed.add(secret, (one.by, one.meta), one.field, makers);
        }
    }
    for transport in view.all::<ServersTransport>() {
        let (spec, meta) = (&transport.spec, &transport.metadata);
        let authorities = spec
            .root_cas
            .iter()
            .map(|root| &root.secret)
            .chain(&spec.root_cas_secrets);
        let authorities = authorities.map(|name| (name, "spec.rootCAs"));
        let own = spec
            .certificates_secrets
            .iter()
            .map(|name| (name, "spec.certificatesSecrets"));
        for (name, field) in authorities.chain(own).filter(|(name, _)| !name.is_empty()) {
            if view.get::<Secret>(&meta.namespace, name).is_none() {
                let makers = secret_source::makers(view, meta, name);
                needed.add(
                    Kind::Secret.object(&meta.namespace, name),
                    (transport.reference(), meta),
                    field,
                    makers,
                );
            }
        }
    }
    needed.report(found, |secret| on_its_way::level_of_missing(view, secret));
}
