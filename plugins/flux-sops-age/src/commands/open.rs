//! What the verbs that open files share.

use std::path::Path;

use shared::sops::file::{OnMacMismatch, Opened};

/// What `--ignore-mac` says.
pub(super) fn on_mismatch(ignore_mac: bool) -> OnMacMismatch {
    if ignore_mac {
        OnMacMismatch::Ignore
    } else {
        OnMacMismatch::Fail
    }
}

/// Warns of comments that should be encrypted and are not.
pub(super) fn tell_plain_comments(opened: &Opened, name: &Path) {
    if opened.plain_comments > 0 {
        eprintln!(
            "warning: {}: comments that should be encrypted and are not, or cannot be opened: {}",
            name.display(),
            opened.plain_comments
        );
    }
}
