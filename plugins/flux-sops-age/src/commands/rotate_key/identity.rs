//! The two private keys: where they are found, and the new one made.

use shared::age::{self, Identity};
use shared::decryption::Controller;
use shared::failure::{Context, Exit, Failure, Result};

use super::stop;
use crate::clusters::Cluster;
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

    /// Makes a private key.
    pub(super) fn make(post_quantum: bool) -> Result<Self> {
        let identity = if post_quantum {
            Identity::generate_post_quantum().context("cannot make a key")?
        } else {
            Identity::generate()
        };
        Ok(Self {
            recipient: identity.recipient(),
            identity: Some(identity),
            is_new: true,
        })
    }

    /// The private key.
    ///
    /// # Errors
    /// When nobody has it.
    pub(super) fn identity(&self) -> Result<&Identity> {
        self.identity.as_ref().ok_or_else(|| {
            stop(format!(
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
        [] if in_clusters.is_empty() => Err(stop("no cluster has a key to replace")
            .hint("set one up: flux sops-age bootstrap")
            .exit(Exit::Failed)),
        [] => {
            let keys: Vec<String> = in_clusters
                .iter()
                .map(|key| shown(&key.recipient()))
                .collect();
            Err(stop(format!(
                ".sops.yaml names no key that the cluster has: {}",
                keys.join(", ")
            ))
            .hint("see what differs: flux sops-age check"))
        }
        several => Err(stop(format!(
            "the cluster has several keys that .sops.yaml names: {}",
            several.join(", ")
        ))
        .hint("say which one to replace: --old PUBLIC-KEY")),
    }
}

/// A post-quantum key is none for a controller before 1.9: it would read none of the Secret's keys.
pub(super) fn refuse_unreadable(recipient: &str, clusters: &[Cluster]) -> Result<()> {
    if !age::Recipient::parse(recipient)?.is_post_quantum() {
        return Ok(());
    }
    let too_old = clusters.iter().find(|cluster| {
        let controller = cluster.decryption.controller.as_ref();
        controller.and_then(Controller::reads_post_quantum) == Some(false)
    });
    match too_old {
        Some(cluster) => {
            let controller = cluster.decryption.controller.as_ref();
            Err(Failure::new(format!(
                "kustomize-controller{} is too old for a post-quantum key: {}",
                cluster.of_several(clusters.len()),
                controller.map_or("", |controller| &controller.tag)
            ))
            .hint("upgrade Flux to 2.9 or later, or leave --pq out")
            .exit(Exit::Failed))
        }
        None => Ok(()),
    }
}

/// The start of a key: post-quantum ones have two thousand characters.
pub(super) fn shown(recipient: &str) -> String {
    match recipient.char_indices().nth(72) {
        Some((end, _)) => format!("{}...", &recipient[..end]),
        None => recipient.to_owned(),
    }
}
