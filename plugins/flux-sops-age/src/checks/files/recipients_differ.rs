//! files/recipients-differ: A file is not encrypted for those whom its rule names.
//!
//! `.sops.yaml` was changed, or the file comes from elsewhere: somebody new cannot open it, or
//! somebody who has left still can. The first rule whose `path_regex` matches the file's path
//! decides.
//!
//! `flux sops-age updatekeys -y --all` encrypts the data keys of all files for whom the rules
//! name. Who could open a file once may know its data key: `rotate` makes a new one.

use shared::age::shown;
use shared::finding::{Findings, Level};
use shared::sops::recipients::{Group, Recipient};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Covered;

pub(super) const NEEDS: &[Need] = &[Need::Sealed, Need::Rules];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for (file, sealed) in seen.tree.sealed() {
        let Covered::By(rules, rule) = &file.covered else {
            continue;
        };
        let names_nobody = rule.groups.iter().all(|group| group.recipients.is_empty());
        if names_nobody || Group::same_keys(&sealed.metadata.groups, &rule.groups) {
            continue;
        }
        let lacking = beyond(&rule.groups, &sealed.metadata.groups);
        let surplus = beyond(&sealed.metadata.groups, &rule.groups);
        let number = rule.index + 1;
        let mut parts = Vec::new();
        if !lacking.is_empty() {
            parts.push(format!(
                "is not encrypted for {}, whom rule {number} of {rules} names",
                lacking.join(", ")
            ));
        }
        if !surplus.is_empty() {
            parts.push(format!(
                "is encrypted for {}, whom rule {number} of {rules} does not name",
                surplus.join(", ")
            ));
        }
        if parts.is_empty() {
            parts.push(format!(
                "has other key groups than rule {number} of {rules}"
            ));
        }
        found
            .at(
                Level::Error,
                file.object(),
                file.place(sealed.block),
                parts.join("; "),
            )
            .remedy(format!("flux sops-age updatekeys -y {}", file.word()));
    }
}

/// The recipients of some groups that others do not have anywhere.
fn beyond(of: &[Group], others: &[Group]) -> Vec<String> {
    let is_there = |one: &Recipient| others.iter().any(|group| group.find(one).is_some());
    let all = of.iter().flat_map(|group| &group.recipients);
    all.filter(|one| !is_there(one))
        .map(|one| shown(one.name()))
        .collect()
}
