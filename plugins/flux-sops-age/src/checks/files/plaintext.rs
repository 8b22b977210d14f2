//! files/plaintext: A file that a rule covers is not encrypted.
//!
//! `.sops.yaml` says that values of this file are to be encrypted, and they stand there in plain.
//! Once pushed, they are known to whoever can read the repository.
//!
//! A rule that covers all files of a kind (`.*\.yaml`) means Secrets; one for a folder means
//! Secrets and what is no manifest; one that tells files by their names means all of them.
//!
//! Encrypt the file, and change the values if it was ever pushed.

use shared::finding::Findings;

use super::super::Need;
use crate::seen::Seen;
use crate::tree::{Covered, Form};

pub(super) const NEEDS: &[Need] = &[Need::Rules];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        let (Form::Plain(plain), Covered::By(rules, rule)) = (&file.form, &file.covered) else {
            continue;
        };
        let Some(reach) = &plain.reach else { continue };
        let what = match reach.at.as_str() {
            "" => String::new(),
            at => format!(", {at} first of all"),
        };
        let number = rule.index + 1;
        let text = format!("is not encrypted, and rule {number} of {rules} covers it{what}");
        found
            .at(reach.level, file.object(), file.place(reach.line), text)
            .remedy(format!("flux sops-age encrypt -i {}", file.word()));
    }
}
