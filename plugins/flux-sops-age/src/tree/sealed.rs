//! An encrypted file: for whom it is encrypted, and whether it is whole, where a key at hand tells.

use shared::age::Keyring;
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::recipients::Group;
use shared::sops::{Document, Metadata, exit};

use super::lines;

/// An encrypted file.
pub(crate) struct Sealed {
    /// The recipients, group by group.
    pub(crate) groups: Vec<Group>,
    pub(crate) opened: Opened,
    /// The line of the `sops` block.
    pub(crate) block: Option<u64>,
    /// The line of the MAC.
    pub(crate) mac: Option<u64>,
}

/// What came of opening a file with the keys at hand.
pub(crate) enum Opened {
    /// All values open, and the MAC fits.
    Whole,
    /// It was changed without its key: in which way.
    Broken(String),
    /// No key at hand opens it.
    NoKey,
}

/// Opens the file, and forgets what is in it.
pub(super) fn read(
    mut document: Document,
    metadata: Metadata,
    bytes: &[u8],
    keyring: &Keyring,
) -> Sealed {
    let opened = match file::open(&mut document, &metadata, keyring, OnMacMismatch::Fail) {
        Ok(_) => Opened::Whole,
        Err(failure) if failure.status() == exit::NO_KEY => Opened::NoKey,
        Err(failure) => Opened::Broken(failure.to_string()),
    };
    let (block, mac) = lines::of_block(bytes);
    Sealed {
        groups: metadata.groups,
        opened,
        block,
        mac,
    }
}
