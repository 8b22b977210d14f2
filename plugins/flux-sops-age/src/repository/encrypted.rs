//! The encrypted files of a tree, and whom they are encrypted for.

use std::path::{Path, PathBuf};

use shared::failure::{Failure, Result};
use shared::sops::recipients::Recipient;
use shared::sops::{Document, Format, Metadata};

use super::walk;
use crate::targets::looks_encrypted;

/// An encrypted file.
pub(crate) struct Encrypted {
    pub(crate) path: PathBuf,
    pub(crate) document: Document,
    pub(crate) metadata: Metadata,
}

/// All encrypted files below a folder, and those that only look like it.
///
/// # Errors
/// When a folder or file cannot be read.
pub(crate) fn all(folder: &Path) -> Result<(Vec<Encrypted>, Vec<Failure>)> {
    let mut found = Vec::new();
    let mut odd = Vec::new();
    for path in walk::files(folder)? {
        let bytes = std::fs::read(&path).map_err(|error| {
            let why = shared::failure::io(&error);
            Failure::new(format!("cannot read {}: {why}", path.display()))
        })?;
        if !looks_encrypted(&bytes) {
            continue;
        }
        match Document::read_encrypted(&bytes, Format::of_path(&path)) {
            Ok((document, metadata)) => found.push(Encrypted {
                path,
                document,
                metadata,
            }),
            Err(failure) => odd.push(Failure::new(format!("{}: {failure}", path.display()))),
        }
    }
    Ok((found, odd))
}

/// Whether a recipient is among those of a file.
pub(crate) fn names(metadata: &Metadata, recipient: &str) -> bool {
    metadata
        .groups
        .iter()
        .flat_map(|group| &group.recipients)
        .any(|one| is(one, recipient))
}

/// Whether it is that age recipient.
pub(crate) fn is(one: &Recipient, recipient: &str) -> bool {
    one.kind() == "age" && one.name() == recipient
}
