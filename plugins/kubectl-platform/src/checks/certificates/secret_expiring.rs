//! certificates/secret-expiring: A certificate that is in use ends soon, and nothing renews it.
//!
//! Nine tenths of its time are over, and no Certificate of cert-manager writes the Secret. From its
//! end on clients refuse the connection.
//!
//! Put a new certificate into the Secret, or let cert-manager write it: a Certificate with this
//! `secretName`.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::certificates::tls::served_and;
use crate::checks::evidence::certificates::{self, issuance};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = served_and![
    declared(Kind::Secret),
    live(Kind::Pod),
    live(Kind::Certificate).lookup(),
];

/// The part of its time after which a certificate should have been renewed: a tenth is left.
const LEFT: i32 = 10;

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for used in certificates::in_use(view) {
        let (Some(begin), Some(end)) =
            (used.certificate.not_before.0, used.certificate.not_after.0)
        else {
            continue;
        };
        let meta = &used.secret.metadata;
        let object = Kind::Secret.object(&meta.namespace, &meta.name);
        let left = end.duration_since(view.now());
        let is_soon =
            !left.is_negative() && !left.is_zero() && left < end.duration_since(begin) / LEFT;
        if is_soon && issuance::writers(view, &object).next().is_none() {
            let told = format!(
                "the certificate in {} expires on {end}; it is used by {}",
                used.key, used.by
            );
            found
                .warning(used.secret, told)
                .remedy(remedy::describe(&object));
        }
    }
}
