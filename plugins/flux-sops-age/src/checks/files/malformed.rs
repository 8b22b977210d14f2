//! files/malformed: An encrypted file cannot be read.
//!
//! It is no YAML, JSON, dotenv or ini any more, or its `sops` block lacks what it takes to open
//! it. Neither sops nor Flux can read it.
//!
//! Documents that were encrypted one by one and put into one file, or behind a plain one, are told as
//! a warning: Flux takes each for itself, while sops opens no file of them, and gives none a new key.
//!
//! Take the last whole version from Git; part a file of joined documents.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Form;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        let (level, why, line) = match &file.form {
            Form::Malformed { why, line } => (Level::Error, why, line),
            Form::Joined { why, line } => (Level::Warning, why, line),
            _ => continue,
        };
        found.at(level, file.object(), file.place(*line), why.as_str());
    }
}
