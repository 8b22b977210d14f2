//! certificates/secret-unusable: A Secret that TLS is served with holds no certificate.
//!
//! The Secret exists, but `tls.crt` or `tls.key` is missing in it, is empty, or is something else.
//! Ingress controllers then show their default certificate, which no client trusts; a gateway's
//! listener does not come up.
//!
//! Both keys hold PEM: the certificate first and after it those that signed it, the private key
//! unencrypted. `kubectl create secret tls` writes them by these names.

use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::certificates::tls::{self, served_and};
use crate::checks::evidence::certificates::{self, cert_manager};
use crate::checks::evidence::secrets::secret_source::{self, makers_and};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = makers_and!(served_and![live(Kind::Secret)]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (secret, served_by) in tls::secrets(view) {
        let why = certificates::lack(secret);
        if let Some(why) = why.filter(|_| secret.keys_known()) {
            let meta = &secret.metadata;
            found
                .error(
                    secret,
                    format!("{why}; TLS is to be served with it by {served_by}"),
                )
                .suspect(secret_source::makers(view, meta, &meta.name))
                .suspect(cert_manager::issuing(view))
                .remedy(remedy::describe(
                    &Kind::Secret.object(&meta.namespace, &meta.name),
                ));
        }
    }
}
