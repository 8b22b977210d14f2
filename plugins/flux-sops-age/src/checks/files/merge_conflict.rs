//! files/merge-conflict: An encrypted file has a merge conflict in it.
//!
//! Two sides of an encrypted file cannot be put together by hand: one code is made over all
//! values of a side, and each side may have its own data key.
//!
//! Take one side (`git checkout --ours FILE` or `--theirs`), and make the other side's changes
//! again with `flux sops-age edit` or `set`.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Form;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        if let Form::Conflict(line) = file.form {
            let text = "has a merge conflict: nobody can open it until one side is taken";
            found.at(Level::Error, file.object(), file.place(line), text);
        }
    }
}
