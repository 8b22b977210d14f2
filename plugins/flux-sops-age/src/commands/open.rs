//! What the verbs that open files share.

use std::path::Path;

use shared::failure::Result;
use shared::sops::file::{self, OnMacMismatch, Opened};
use shared::sops::{Document, Metadata};

use crate::session::Session;

/// What `--ignore-mac` says.
pub(super) fn on_mismatch(ignore_mac: bool) -> OnMacMismatch {
    if ignore_mac {
        OnMacMismatch::Ignore
    } else {
        OnMacMismatch::Fail
    }
}

/// Decrypts a file in place with the keys at hand, and warns of comments that stayed plain.
///
/// # Errors
/// When no key opens it, a value cannot be decrypted, or the MAC does not fit.
pub(super) fn open(
    document: &mut Document,
    metadata: &Metadata,
    name: &Path,
    session: &Session,
    on_mismatch: OnMacMismatch,
) -> Result<Opened> {
    let opened = file::open(document, metadata, session.keyring(), on_mismatch)?;
    tell_plain_comments(&opened, name);
    Ok(opened)
}

/// Warns of comments that should be encrypted and are not.
fn tell_plain_comments(opened: &Opened, name: &Path) {
    if opened.plain_comments > 0 {
        eprintln!(
            "warning: {}: comments that should be encrypted and are not, or cannot be opened: {}",
            name.display(),
            opened.plain_comments
        );
    }
}
