//! The two private keys: where they are found, and the new one made.

use shared::age::{Identity, shown};
use shared::failure::{Exit, Failure, Result};

use crate::key_file::KeyFile;

/// A private key that a rotation uses.
pub(super) struct Held {
    pub(super) recipient: String,
    /// Nothing where nobody has it: then it cannot be put anywhere.
    pub(super) identity: Option<Identity>,
    /// Whether it is still to be kept on this machine.
    pub(super) is_new: bool,
}

impl Held {
    /// Looks for a private key on this machine and among those of the clusters.
    pub(super) fn find(recipient: &str, key_file: &KeyFile, in_clusters: &[Identity]) -> Self {
        let mut all = key_file.identities().iter().chain(in_clusters);
        Self {
            recipient: recipient.to_owned(),
            identity: all
                .find(|identity| identity.recipient() == recipient)
                .cloned(),
            is_new: false,
        }
    }

    /// One that was just made.
    pub(super) fn new(identity: &Identity) -> Self {
        Self {
            recipient: identity.recipient(),
            identity: Some(identity.clone()),
            is_new: true,
        }
    }

    /// The private key.
    ///
    /// # Errors
    /// When nobody has it.
    pub(super) fn identity(&self) -> Result<&Identity> {
        self.identity.as_ref().ok_or_else(|| {
            Failure::new(format!(
                "the private key is neither here nor in a cluster: {}",
                shown(&self.recipient)
            ))
            .hint("name the file that has it: --key-file FILE")
        })
    }
}

/// Of the keys that a cluster has and the rules name, the one to replace.
pub(super) fn old(named: &[String], in_clusters: &[Identity]) -> Result<String> {
    let mut both: Vec<String> = in_clusters
        .iter()
        .map(Identity::recipient)
        .filter(|recipient| named.contains(recipient))
        .collect();
    both.sort();
    both.dedup();
    match both.as_slice() {
        [one] => Ok(one.clone()),
        [] if in_clusters.is_empty() => Err(Failure::new("no cluster has a key to replace")
            .hint("set one up: flux sops-age bootstrap")
            .exit(Exit::Failed)),
        [] => {
            let keys: Vec<String> = in_clusters
                .iter()
                .map(|key| shown(&key.recipient()))
                .collect();
            Err(Failure::new(format!(
                ".sops.yaml names no key that the cluster has: {}",
                keys.join(", ")
            ))
            .hint("see what differs: flux sops-age check"))
        }
        several => Err(Failure::new(format!(
            "the cluster has several keys that .sops.yaml names: {}",
            several.join(", ")
        ))
        .hint("say which one to replace: --old PUBLIC-KEY")),
    }
}
