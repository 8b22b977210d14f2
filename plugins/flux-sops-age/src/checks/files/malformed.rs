//! files/malformed: An encrypted file cannot be read.
//!
//! It is no YAML, JSON, dotenv or ini any more, or its `sops` block lacks what it takes to open
//! it. Neither sops nor Flux can read it.
//!
//! Take the last whole version from Git.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Form;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        if let Form::Malformed { why, line } = &file.form {
            found.at(Level::Error, file.object(), file.place(*line), why.as_str());
        }
    }
}
