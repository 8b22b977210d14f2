//! The report for people: the verdict first, then each cause with what to do about it.

mod cause;
mod count;
mod folded;
mod headline;
mod unseen;

use std::io::{self, Write};

use super::page::{Detail, Page};
use crate::finding::Level;
use crate::report::Report;

/// Writes the report as text.
///
/// # Errors
/// When writing fails.
pub fn text(report: &Report, page: Page, out: &mut impl Write) -> io::Result<()> {
    if page.detail == Detail::Brief {
        return headline::brief(report, out);
    }
    headline::write(report, page, out)?;
    let mut hidden = false;
    for entry in report.results.iter().filter(|entry| entry.root) {
        hidden |= cause::write(report, entry, page, out)?;
    }
    hidden |= unseen::write(report, page, out)?;
    if hidden {
        let dim = super::palette::DIM;
        writeln!(
            out,
            "\n{dim}-v shows all that was found and what could not be looked at{dim:#}"
        )?;
    }
    Ok(())
}

/// The word for a level.
const fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    }
}
