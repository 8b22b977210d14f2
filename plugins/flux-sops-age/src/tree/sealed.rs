//! An encrypted file: for whom it is encrypted, and whether it is whole, where a key at hand tells.

use shared::age::Keyring;
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::recipients::Group;
use shared::sops::rules::CreationRule;
use shared::sops::{Document, Metadata, exit};

use super::lines;
use super::ruled::{self, Parting};

/// An encrypted file.
pub(crate) struct Sealed {
    /// Its `sops` block: for whom it is encrypted, and by which rule.
    pub(crate) metadata: Metadata,
    /// Where that block and the rule of `.sops.yaml` part.
    pub(crate) partings: Vec<Parting>,
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
    rule: Option<&CreationRule>,
    keyring: &Keyring,
) -> Sealed {
    let partings = rule.map(|rule| ruled::partings(&mut document, &metadata, rule));
    let opened = match file::open(&mut document, &metadata, keyring, OnMacMismatch::Fail) {
        Ok(_) => Opened::Whole,
        Err(failure) if failure.status() == exit::NO_KEY => Opened::NoKey,
        Err(failure) => Opened::Broken(failure.to_string()),
    };
    let (block, mac) = lines::of_block(bytes);
    Sealed {
        metadata,
        partings: partings.unwrap_or_default(),
        opened,
        block,
        mac,
    }
}

impl Sealed {
    /// Whether keys of these recipients open it.
    pub(crate) fn opens_with(&self, recipients: &[String]) -> bool {
        let opens = |group: &&Group| {
            let mut names = group.recipients.iter().filter(|one| one.kind() == "age");
            names.any(|one| recipients.iter().any(|name| name == one.name()))
        };
        let opened = self.metadata.groups.iter().filter(opens);
        opened.count() >= self.metadata.groups_needed()
    }

    /// Whether only age keys can open it.
    pub(crate) fn is_of_age(&self) -> bool {
        let mut all = self.metadata.recipients();
        all.all(|one| one.kind() == "age")
    }
}
