//! cluster/key-opens-nothing: A key in the cluster opens none of the files that it is there for.
//!
//! No encrypted file that the Kustomizations with this Secret build is encrypted for it: it is
//! left over from a rotation, of another repository, or the files were never encrypted for it.
//!
//! Once nothing else needs it, take it out of the Secret: `flux sops-age rotate-key --complete`
//! does so at the end of a rotation.

use std::collections::BTreeSet;

use shared::age::shown;
use shared::finding::{Findings, Level};

use super::super::Need;
use super::super::evidence::{coverage, secret};
use crate::cluster::KeySecret;
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Cluster, Need::WholeTree, Need::Sealed, Need::Built];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let Some(cluster) = seen.cluster else { return };
    for (place, state) in &cluster.secrets {
        if let KeySecret::Unseen(gap) = state {
            found.skip(gap.clone());
            continue;
        }
        let users = cluster
            .users
            .iter()
            .filter(|user| user.secret.as_ref() == Some(place));
        let files = users.flat_map(|user| coverage::sealed(seen, cluster, &user.kustomization));
        let files: Vec<_> = files.collect();
        if files.is_empty() {
            continue;
        }
        let all = files.iter().flat_map(|(_, sealed)| &sealed.metadata.groups);
        let needed: BTreeSet<&str> = all
            .flat_map(|group| &group.recipients)
            .map(|one| one.name())
            .collect();
        for (entry, recipient) in state.taken() {
            if !needed.contains(recipient) {
                let count = files.len();
                let recipient = shown(recipient);
                let text = format!(
                    "has a key in {entry} that opens none of the {count} encrypted files: {recipient}"
                );
                found.missing(Level::Warning, secret::object(place), text);
            }
        }
    }
}
