//! certificates/secret-shared: Two certificates write the same Secret.
//!
//! Each replaces what the other wrote, again and again: what serves TLS shows now one certificate
//! and now the other, and the ACME server's rate limit is soon reached.
//!
//! Give one of them another `spec.secretName`, or leave one out: an Ingress with an annotation
//! `cert-manager.io/cluster-issuer` makes a Certificate by itself.

use std::collections::BTreeMap;

use shared::facts::kinds::cert_manager::Certificate;
use shared::facts::{Fact, Kind, Need, View, declared};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Certificate)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut by_secret: BTreeMap<(&str, &str), Vec<&Certificate>> = BTreeMap::new();
    for certificate in view.all::<Certificate>() {
        let key = (
            certificate.metadata.namespace.as_str(),
            certificate.spec.secret_name.as_str(),
        );
        by_secret.entry(key).or_default().push(certificate);
    }
    for ((_, secret), mut certificates) in by_secret {
        // The one that came last made it a conflict.
        certificates.sort_by_key(|certificate| certificate.metadata.creation_timestamp);
        let Some((first, later)) = certificates.split_first() else {
            continue;
        };
        let other = first.reference();
        // Files may hold the same one twice.
        let others = later.iter().filter(|later| later.reference() != other);
        for certificate in others {
            found.error(
                *certificate,
                format!("writes Secret {secret}, as {other} does"),
            );
        }
    }
}
