//! The report for people: the verdict first, then each root with its cause and command.

use std::io::{self, Write};

use super::clean::clean;
use crate::finding::Level;
use crate::report::{Entry, Report, Verdict};

/// What the reader's terminal and wishes allow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Also list what each root explains, and every skipped check.
    pub verbose: bool,
}

/// Writes the report as text.
///
/// # Errors
/// When writing fails.
pub fn text(report: &Report, style: Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", first_line(report))?;
    for entry in report
        .results
        .iter()
        .filter(|entry| entry.root || style.verbose)
    {
        writeln!(out)?;
        write_entry(entry, out)?;
    }
    let open: Vec<_> = report
        .skipped
        .iter()
        .filter(|skipped| skipped.reason.is_incomplete() || style.verbose)
        .collect();
    if !open.is_empty() {
        writeln!(out)?;
    }
    for skipped in open {
        writeln!(
            out,
            "skipped {}: {}: {}",
            skipped.check,
            skipped.reason.word(),
            clean(&skipped.message)
        )?;
    }
    Ok(())
}

fn first_line(report: &Report) -> String {
    let word = match report.result {
        Verdict::Passed => "passed",
        Verdict::Failed => "failed",
        Verdict::Incomplete => "incomplete",
    };
    let summary = report.summary;
    let rolling = report
        .results
        .iter()
        .filter(|entry| entry.level == Level::Info)
        .count();
    let mut line = format!(
        "{word}: {} checks failed, {} with warnings, {} passed, {} skipped",
        summary.failed, summary.warnings, summary.passed, summary.skipped
    );
    if rolling > 0 {
        line.push_str(&format!("; still rolling out: {rolling}"));
    }
    line
}

fn write_entry(entry: &Entry, out: &mut impl Write) -> io::Result<()> {
    let level = match entry.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    };
    let object = entry.object.to_string();
    let cluster = entry
        .cluster
        .as_deref()
        .map_or(String::new(), |name| format!(" in {}", clean(name)));
    writeln!(
        out,
        "{level}: {}{cluster} [{}]",
        clean(&object),
        entry.check
    )?;
    writeln!(out, "  {}", clean(&entry.message))?;
    if let Some(because) = &entry.because {
        writeln!(out, "  because of {}", clean(&because.to_string()))?;
    }
    if let Some(remedy) = &entry.remedy {
        writeln!(out, "  try: {}", clean(remedy))?;
    }
    if entry.explains > 0 {
        writeln!(out, "  explains {} others", entry.explains)?;
    }
    Ok(())
}
