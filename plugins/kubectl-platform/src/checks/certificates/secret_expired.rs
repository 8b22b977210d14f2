//! certificates/secret-expired: A certificate that is in use is past its end, or not valid yet.
//!
//! Clients refuse the connection. What is looked at is the certificate in the Secret that TLS is
//! served with or that pods mount with its private key, or that an operator or a chart keeps for what
//! it runs, so this also finds those that nobody renews, and a copy that was not renewed with its original.
//!
//! Put a new certificate into the Secret; the object that writes it is named where there is one.
//! Servers that read the file only when they start must be restarted after that.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::certificates;
use crate::checks::evidence::certificates::tls::served_and;
use crate::checks::evidence::secrets::secret_source::{self, makers_and};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = makers_and!(served_and![declared(Kind::Secret), live(Kind::Pod)]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for used in certificates::relied_on(view) {
        let (begin, end) = (used.certificate.not_before.0, used.certificate.not_after.0);
        let told = match (begin, end) {
            (_, Some(end)) if end <= view.now() => format!("expired on {end}"),
            (Some(begin), _) if begin > view.now() => format!("is valid only from {begin}"),
            _ => continue,
        };
        let meta = &used.secret.metadata;
        let object = Kind::Secret.object(&meta.namespace, &meta.name);
        let told = format!(
            "the certificate in {} {told}; it is used by {}",
            used.key, used.by
        );
        found
            .error(used.secret, told)
            .suspect(secret_source::makers(view, meta, &meta.name))
            .remedy(remedy::describe(&object));
    }
}
