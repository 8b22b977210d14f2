//! files/rule-missing: No rule of `.sops.yaml` covers an encrypted file.
//!
//! It can still be read and edited, but `updatekeys`, and `rotate-key` with it, pass it over: it
//! stays encrypted for whom it was made, whoever comes or goes.
//!
//! Add a rule whose `path_regex` matches its path, or rename it to one that a rule covers.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Covered;

pub(super) const NEEDS: &[Need] = &[Need::Sealed, Need::Rules];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for (file, sealed) in seen.tree.sealed() {
        if let Covered::ByNone(rules) = &file.covered {
            let text = format!("is encrypted, and no rule of {rules} covers it");
            found.at(
                Level::Warning,
                file.object(),
                file.place(sealed.block),
                text,
            );
        }
    }
}
