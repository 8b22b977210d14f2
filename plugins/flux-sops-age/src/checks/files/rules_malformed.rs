//! files/rules-malformed: A `.sops.yaml` cannot be read, or has a rule that nothing can be encrypted by.
//!
//! A recipient is malformed (a letter lost, a private key where a public one belongs, a word that
//! was to be replaced), an expression does not compile, or the file is no YAML. sops stops at it
//! with each file of that rule, or with all, and what the rule says of files cannot be judged.
//!
//! Correct the line that the message names, and run `flux sops-age check` again.

use shared::facts::meta::Place;
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::super::Need;
use crate::seen::Seen;

pub(super) const NEEDS: &[Need] = &[Need::Rules];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for rules in &seen.tree.rules {
        for fault in rules.faults() {
            let place = Place {
                path: rules.name.as_str().into(),
                line: None,
            };
            found.at(Level::Error, ObjectRef::file(&rules.name), place, fault);
        }
    }
}
