//! How objects fare, for people: by component, or a row each.

mod by_component;
mod names;
mod rows;
mod stream;

use std::io::{self, Write};

pub use by_component::by_component;
pub use names::names;
pub use rows::rows;
pub use stream::Stream;

use super::gaps::gaps;
use super::page::Page;
use crate::status::StatusReport;

/// What a table shows.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Whether columns have heads.
    pub headers: bool,
    /// Whether nothing is left out.
    pub wide: bool,
}

/// Lists what could not be looked at.
///
/// # Errors
/// When writing fails.
pub fn not_looked_at(report: &StatusReport, page: Page, out: &mut impl Write) -> io::Result<()> {
    if !report.skipped.is_empty() {
        writeln!(out, "\nnot looked at:")?;
    }
    for gap in gaps(report.skipped.iter()) {
        writeln!(out, "{}", page.fill("  ", 4, &gap.sentence()))?;
    }
    Ok(())
}
