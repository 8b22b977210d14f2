//! What could not be looked at, and why: the same reason once, with the checks that it keeps back.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::super::gaps::{Gap, way_out};
use super::super::page::{Detail, Page};
use super::super::palette::DIM;
use super::count::of;
use crate::report::Report;

/// How many checks are named for one reason.
const NAMED: usize = 3;

/// Why a report is incomplete, on one line, and how much of it must not be cut: up to what was not looked at.
pub(super) fn gist(report: &Report) -> (String, usize) {
    let all = gaps(report, Detail::Normal);
    let checks: BTreeSet<&str> = all
        .iter()
        .flat_map(|gap| gap.checks.iter().copied())
        .collect();
    let checks = of(checks.len(), "check");
    let mut gist = format!("no error found, but {checks} could not look: ");
    let mut least = gist.len();
    if let Some(gap) = all.first() {
        let sentence = gap.sentence();
        let why = sentence.find(&gap.first.why).unwrap_or_default();
        let clause = sentence[why..].find(": ");
        least += clause.map_or(0, |end| why + end);
        gist.push_str(&sentence);
    }
    (gist, least)
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
    if let Some(rights) = report.catalog.rights {
        way_out(&report.skipped, rights, page, out)?;
    }
    if page.detail == Detail::Full && !report.passed.is_empty() {
        let text = page.fill("  ", 4, &report.passed.join(", "));
        writeln!(out, "\n{DIM}passed:\n{text}{DIM:#}")?;
    }
    Ok(hidden)
}

fn gaps(report: &Report, detail: Detail) -> Vec<Gap<'_>> {
    let all = report.skipped.iter();
    super::super::gaps::gaps(
        all.filter(|skipped| detail == Detail::Full || report.rules.leaves_open(skipped.reason)),
    )
}
