//! cluster/secret-missing: The Secret that Flux decrypts with is not there.
//!
//! A Kustomization's `spec.decryption.secretRef` names a Secret of its own namespace, or the
//! controller's flag `--sops-age-secret` one of the controller's namespace. It does not exist;
//! often it was made in another namespace, where Flux does not look. Nothing encrypted is
//! applied.
//!
//! `flux sops-age bootstrap` makes it; `flux sops-age restore` brings it back from a backup.

use shared::finding::{Findings, Level};

use super::super::Need;
use super::super::evidence::secret;
use crate::cluster::KeySecret;
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Cluster];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let Some(cluster) = seen.cluster else { return };
    for (place, state) in &cluster.secrets {
        match state {
            KeySecret::There(_) => {}
            KeySecret::Unseen(gap) => found.skip(gap.clone()),
            KeySecret::Missing(elsewhere) => {
                let mut text = format!(
                    "does not exist, and {} with it",
                    secret::users(cluster, place)
                );
                if !elsewhere.is_empty() {
                    let there = elsewhere.join(", ");
                    text.push_str(&format!(
                        "; there is one in namespace {there}, where Flux does not look"
                    ));
                }
                found.missing(Level::Error, secret::object(place), text);
            }
        }
    }
}
