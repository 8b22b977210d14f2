//! cluster/entry-misnamed: An age key in the cluster has a name that Flux does not look at.
//!
//! Of the Secret Flux takes entries whose names end in `.agekey`. A key under another name, such
//! as `age.key` or `keys.txt`, is passed over without a word.
//! See <https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption>.
//!
//! Store it again under a name such as `age.agekey`.

use shared::decryption;
use shared::finding::{Findings, Level};

use super::super::Need;
use super::super::evidence::secret;
use crate::cluster::{Form, KeySecret};
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Cluster];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    let Some(cluster) = seen.cluster else { return };
    for (place, state) in &cluster.secrets {
        let entries = match state {
            KeySecret::There(entries) => entries,
            KeySecret::Missing(_) => continue,
            KeySecret::Unseen(gap) => {
                found.skip(gap.clone());
                continue;
            }
        };
        let object = secret::object(place);
        if !entries
            .iter()
            .any(|entry| decryption::is_looked_at(&entry.name))
        {
            let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
            let has = match names.as_slice() {
                [] => "no entry at all".to_owned(),
                names => format!("only {}", names.join(", ")),
            };
            let users = secret::users(cluster, place);
            let text =
                format!("has {has}, no entry whose name ends in .agekey, and {users} with it");
            found.missing(Level::Error, object, text);
            continue;
        }
        for entry in entries
            .iter()
            .filter(|entry| !decryption::is_of_age(&entry.name))
        {
            if matches!(entry.form, Form::Identities { .. }) {
                let text = format!("has an age key in {}, where Flux does not look", entry.name);
                found.missing(Level::Warning, object.clone(), text);
            }
        }
    }
}
