//! certificates/secret-missing: The Secret of a certificate does not exist.
//!
//! cert-manager writes a certificate into its Secret; what serves TLS reads it there. The Secret
//! was never written, or somebody deleted it and cert-manager did not notice.
//!
//! If the certificate says that it is ready, cert-manager does not run: it writes a Secret that was
//! deleted again within seconds.

use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::certificates::cert_manager;
use crate::checks::evidence::on_its_way;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Certificate),
    declared(Kind::Secret).lookup(),
    live(Kind::ExternalSecret).hint(),
    declared(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for certificate in view.all::<Certificate>() {
        let namespace = &certificate.metadata.namespace;
        let name = certificate.spec.secret_name.as_str();
        if !name.is_empty() && view.get::<Secret>(namespace, name).is_none() {
            let secret = Kind::Secret.object(namespace, name);
            let about = certificate.reference();
            let mut makers = vec![about.clone()];
            makers.extend(cert_manager::issuing(view));
            absent.add(secret, &about, "spec.secretName", || makers);
        }
    }
    absent.report(found, |secret, finding| {
        finding.level = on_its_way::level_of_missing(view, secret);
    });
}
