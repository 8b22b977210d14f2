//! What could not be looked at, and why: the same reason once, with the checks that it keeps back.

use std::io::{self, Write};

use super::super::clean::clean;
use super::super::page::{Detail, Page};
use super::super::palette::DIM;
use super::count::of;
use crate::report::{Report, Skipped};

/// How many checks are named for one reason.
const NAMED: usize = 3;

/// Why a report is incomplete, on one line.
pub(super) fn gist(report: &Report) -> String {
    let all = gaps(report, Detail::Normal);
    let checks: usize = all.iter().map(|gap| gap.checks.len()).sum();
    let why = all.first().map_or(String::new(), Gap::sentence);
    format!(
        "no error found, but {} could not look: {why}",
        of(checks, "check")
    )
}

/// Lists what makes the result incomplete, and with every detail all that was skipped. Says
/// whether anything was kept back.
pub(super) fn write(report: &Report, page: Page, out: &mut impl Write) -> io::Result<bool> {
    let all = gaps(report, page.detail);
    if !all.is_empty() {
        writeln!(out, "\nnot looked at:")?;
    }
    let mut hidden = false;
    for gap in &all {
        let shown = if page.detail == Detail::Full {
            gap.checks.len()
        } else {
            NAMED
        };
        let more = gap.checks.len().saturating_sub(shown);
        hidden |= more > 0;
        let mut checks = gap.checks[..gap.checks.len() - more].join(", ");
        if more > 0 {
            checks.push_str(&format!(" and {more} more"));
        }
        let text = format!("{} [{checks}]", gap.sentence());
        writeln!(out, "{}", page.fill("  ", 4, &text))?;
    }
    if page.detail == Detail::Full && !report.passed.is_empty() {
        let text = page.fill("  ", 4, &report.passed.join(", "));
        writeln!(out, "\n{DIM}passed:\n{text}{DIM:#}")?;
    }
    Ok(hidden)
}

/// One reason, and all the checks that it keeps from looking.
struct Gap<'a> {
    first: &'a Skipped,
    checks: Vec<&'a str>,
}

impl Gap<'_> {
    fn sentence(&self) -> String {
        clean(&self.first.sentence()).into_owned()
    }
}

fn gaps(report: &Report, detail: Detail) -> Vec<Gap<'_>> {
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for skipped in report
        .skipped
        .iter()
        .filter(|skipped| detail == Detail::Full || report.rules.leaves_open(skipped.reason))
    {
        let same = |gap: &&mut Gap<'_>| {
            let first = gap.first;
            (&first.cluster, first.reason, &first.message)
                == (&skipped.cluster, skipped.reason, &skipped.message)
        };
        match gaps.iter_mut().find(same) {
            Some(gap) => gap.checks.push(skipped.check),
            None => gaps.push(Gap {
                first: skipped,
                checks: vec![skipped.check],
            }),
        }
    }
    gaps.sort_by_key(|gap| gap.first.reason);
    gaps
}
