//! cluster/decryption-missing: A Kustomization builds encrypted files, and does not decrypt.
//!
//! It has no `spec.decryption`. Flux refuses an encrypted Secret then, and applies other
//! encrypted objects as they are: programs read `ENC[AES256_GCM,...]` instead of their values.
//!
//! Add `decryption: {provider: sops, secretRef: {name: sops-age}}` to its spec, as
//! `flux sops-age bootstrap` does.

use shared::facts::Fact;
use shared::finding::{Findings, Level};

use super::super::Need;
use super::super::evidence::coverage;
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Cluster, Need::Sealed, Need::Built];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let Some(cluster) = seen.cluster else { return };
    for kustomization in &cluster.others {
        let files = coverage::sealed(seen, cluster, kustomization);
        let names: Vec<_> = files.map(|(file, _)| file.name.as_str()).collect();
        if let [first, others @ ..] = names.as_slice() {
            let more = match others.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let text = format!("has no spec.decryption, and builds encrypted files: {first}{more}");
            found.missing(Level::Error, kustomization.reference(), text);
        }
    }
}
