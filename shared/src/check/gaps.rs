//! What keeps a check from looking.

use super::Check;
use crate::facts::{Facts, Gap, Layer, Need, Reason, Role};

pub(super) fn nothing_of(check: &Check) -> String {
    let kinds: Vec<_> = subjects(check).map(|need| need.kind.shown()).collect();
    format!("no {}", kinds.join(" or "))
}

fn subjects(check: &Check) -> impl Iterator<Item = &'static Need> {
    check.needs.iter().filter(|need| need.role == Role::Subject)
}

pub(super) fn has_subject(check: &Check, facts: &Facts) -> bool {
    subjects(check)
        .any(|need| facts.count(need.kind) > 0 && (facts.is_live || need.layer == Layer::Declared))
}

/// What keeps a need from being met; that there is nothing of a kind does not.
fn gap_of(need: &Need, facts: &Facts) -> Option<Gap> {
    if need.layer == Layer::Live && !facts.is_live {
        return Some(Gap::new(
            Reason::NotLive,
            format!(
                "only a running system tells the state of {}",
                need.kind.shown()
            ),
        ));
    }
    let gap = facts
        .gap(need.kind)
        .filter(|gap| gap.reason != Reason::NotInstalled)?;
    Some(gap.clone().of(need.kind))
}

pub(super) fn lacks_lookup(check: &Check, facts: &Facts) -> bool {
    let lookups = check.needs.iter().filter(|need| need.role == Role::Lookup);
    let named = check.needs.iter().filter(|need| need.role == Role::Named);
    lookups
        .into_iter()
        .any(|need| gap_of(need, facts).is_some())
        || named
            .filter_map(|need| gap_of(need, facts))
            .any(|gap| gap.reason != Reason::NotInFile)
}

/// The gap that says most: what makes the result incomplete before what does not. A file that
/// lacks some subjects but holds others is no gap: the check judges what is there. Nor is one that lacks a kind
/// that is only named: what is named of it is kept back.
pub(super) fn first(check: &Check, facts: &Facts) -> Option<Gap> {
    let some_subject = has_subject(check, facts);
    let mut gaps: Vec<_> = check
        .needs
        .iter()
        .filter(|need| need.role != Role::Hint)
        .filter_map(|need| Some((need.role, gap_of(need, facts)?)))
        .filter(|(role, gap)| {
            let is_bearable = match role {
                Role::Subject => some_subject,
                Role::Named => true,
                Role::Lookup | Role::Hint => false,
            };
            !(is_bearable && gap.reason == Reason::NotInFile)
        })
        .map(|(_, gap)| gap)
        .collect();
    gaps.sort_by_key(|gap| gap.reason);
    gaps.into_iter().next()
}
