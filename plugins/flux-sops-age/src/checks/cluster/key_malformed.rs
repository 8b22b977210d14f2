//! cluster/key-malformed: An entry that Flux takes age keys of holds none that it can read.
//!
//! A line is no private key: cut, with a space before it, a public key, or text that sops
//! encrypted. Flux then refuses the whole Secret, and decrypts nothing, by the other keys either.
//!
//! Store the key again, or bring it back with `flux sops-age restore`.

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
        for entry in entries
            .iter()
            .filter(|entry| decryption::is_of_age(&entry.name))
        {
            let why = match &entry.form {
                Form::Malformed(why) => why.as_str(),
                Form::Identities {
                    recipients,
                    has_plugins,
                } if recipients.is_empty() && !has_plugins => "it holds no key",
                _ => continue,
            };
            let text = format!("has no usable key in {}: {why}", entry.name);
            found.missing(Level::Error, secret::object(place), text);
        }
    }
}
