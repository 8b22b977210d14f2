//! What could not be looked at, the same reason once; and what would let more be looked at.

use std::io::{self, Write};

use super::clean::clean;
use super::page::Page;
use crate::facts::Reason;
use crate::report::Skipped;

/// One reason, and all the checks that it keeps from looking.
pub(super) struct Gap<'a> {
    pub(super) first: &'a Skipped,
    /// Whether it is the same for several kinds, none of which needs to be told then.
    is_of_several: bool,
    pub(super) checks: Vec<&'a str>,
}

impl Gap<'_> {
    /// Why, in words.
    pub(super) fn sentence(&self) -> String {
        let sentence = match self.is_of_several {
            true => self.first.sentence_of(&self.first.why),
            false => self.first.sentence(),
        };
        clean(&sentence).into_owned()
    }

    /// What is wrong with a whole file or cluster is the same for each kind; which kinds a file lacks is not.
    fn holds(&self, skipped: &Skipped) -> bool {
        let first = self.first;
        (&first.cluster, first.reason) == (&skipped.cluster, skipped.reason)
            && (first.message == skipped.message
                || first.reason.is_incomplete() && first.why == skipped.why)
    }
}

/// Each reason once, the weightiest first.
pub(super) fn gaps<'a>(all: impl Iterator<Item = &'a Skipped>) -> Vec<Gap<'a>> {
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for skipped in all {
        match gaps.iter_mut().find(|gap| gap.holds(skipped)) {
            Some(gap) => {
                gap.is_of_several |= gap.first.message != skipped.message;
                gap.checks.push(skipped.check);
            }
            None => gaps.push(Gap {
                first: skipped,
                is_of_several: false,
                checks: vec![skipped.check],
            }),
        }
    }
    gaps.sort_by_key(|gap| gap.first.reason);
    gaps
}

/// Says once what gives the rights that lack.
///
/// # Errors
/// When writing fails.
pub fn way_out(
    skipped: &[Skipped],
    rights: &str,
    page: Page,
    out: &mut impl Write,
) -> io::Result<()> {
    match skipped.iter().any(|one| one.reason == Reason::Forbidden) {
        true => writeln!(out, "{}", page.fill("  hint: ", 8, rights)),
        false => Ok(()),
    }
}
