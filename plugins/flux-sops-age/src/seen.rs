//! What checks see: the working tree, the keys of this machine, and the cluster.

use jiff::Timestamp;
use shared::age::Keyring;

use crate::cluster;
use crate::tree::Tree;

/// All that was looked at.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) now: Timestamp,
    pub(crate) tree: &'a Tree,
    pub(crate) laptop: &'a Laptop,
    /// The cluster, where one was asked.
    pub(crate) cluster: Option<&'a cluster::Seen>,
}

/// The keys of this machine, by their public halves.
pub(crate) struct Laptop {
    /// Whether there is none of any kind.
    pub(crate) is_empty: bool,
    /// The public keys, as far as they are told without a passphrase.
    pub(crate) recipients: Vec<String>,
}

impl Laptop {
    /// What is known of a keyring.
    pub(crate) fn of(keyring: &Keyring) -> Self {
        Self {
            is_empty: keyring.is_empty(),
            recipients: keyring.recipients(),
        }
    }
}
