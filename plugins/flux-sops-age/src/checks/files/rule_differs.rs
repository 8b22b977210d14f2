//! files/rule-differs: A file was encrypted by another rule than `.sops.yaml` has for it now.
//!
//! A file keeps the rule by which it was made, whatever `.sops.yaml` says later: values that the
//! rule of today encrypts stand there in plain, or are added in plain by `edit` and `set`; others
//! stay encrypted that kustomize should read. `updatekeys` and `rotate` change whom a file is
//! encrypted for and its data key, not its rule. Rules in other words that encrypt the same are
//! not told, nor is what a rule leaves open.
//!
//! Decrypt the file and encrypt it anew, which takes the rule of today. What stood in plain is in
//! Git's history: change it where it is valid. How many key groups it takes is changed by
//! `updatekeys --shamir-secret-sharing-threshold`.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::{Covered, File, Otherwise, Parting};

pub(super) const NEEDS: &[Need] = &[Need::Sealed, Need::Rules];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for (file, sealed) in seen.tree.sealed() {
        let Covered::By(rules, rule) = &file.covered else {
            continue;
        };
        let by = format!("rule {} of {rules}", rule.index + 1);
        for parting in &sealed.partings {
            let (line, text, remedy) = told(file, parting, &by);
            let place = file.place(line.or(sealed.block));
            found
                .at(Level::Warning, file.object(), place, text)
                .remedy(remedy);
        }
    }
}

/// The line, what is said, and what mends it.
fn told(file: &File, parting: &Parting, by: &str) -> (Option<u64>, String, String) {
    let name = file.word();
    let anew = format!(
        "flux sops-age decrypt {name} | flux sops-age encrypt --filename-override {name} --output {name}"
    );
    match parting {
        Parting::Values { own, rule, first } => {
            let so = match first {
                Some(Otherwise { at, is_plain, .. }) => {
                    let how = if *is_plain { "in plain" } else { "encrypted" };
                    format!(", so that {at} stands there {how}")
                }
                None => String::new(),
            };
            let line = first.as_ref().and_then(|first| first.line);
            let text = format!("is encrypted by {own}, and {by} says {rule}{so}");
            (line, text, anew)
        }
        Parting::Mac => {
            let text = format!("has a MAC of all its values, and {by} says mac_only_encrypted");
            (None, text, anew)
        }
        Parting::Threshold { own, rule } => {
            let text = format!("takes {own} key groups to open, and {by} says {rule}");
            let remedy = format!(
                "flux sops-age updatekeys -y --shamir-secret-sharing-threshold {rule} {name}"
            );
            (None, text, remedy)
        }
    }
}
