//! What a person needs first: the verdict, its main cause, and the counts.

use std::io::{self, Write};

use super::super::name::sentence;
use super::super::page::Page;
use super::super::palette::{self, DIM};
use super::{unseen, word};
use crate::finding::Level;
use crate::report::{Entry, Report, Verdict};

/// The verdict with its main cause on one line, and the counts on the next.
pub(super) fn write(report: &Report, page: Page, out: &mut impl Write) -> io::Result<()> {
    let (verdict, style) = verdict(report);
    let tail = tail(report);
    let room = page.width.saturating_sub(verdict.len() + 2 + tail.len());
    let line = gist(report).map_or(String::new(), |gist| Page::cut(&gist, room).into_owned());
    writeln!(out, "{style}{verdict}{style:#}: {}{tail}", line)?;
    let counts = page.fill("  ", 2, &counts(report));
    writeln!(out, "{DIM}{counts}{DIM:#}")
}

/// A line for each cause, nothing cut: the verdict takes the place of the first one's level.
pub(super) fn brief(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let (verdict, style) = verdict(report);
    let gist = gist(report).unwrap_or_default();
    writeln!(out, "{style}{verdict}{style:#}: {gist}{}", tail(report))?;
    let first = main_cause(report);
    let others = report.results.iter().filter(|entry| {
        entry.root
            && entry.level > Level::Info
            && !first.is_some_and(|first| std::ptr::eq(first, *entry))
    });
    for entry in others {
        let style = palette::of_level(entry.level);
        writeln!(
            out,
            "{style}{}{style:#}: {}{}",
            word(entry.level),
            sentence(entry),
            explains(entry)
        )?;
    }
    Ok(())
}

fn verdict(report: &Report) -> (&'static str, anstyle::Style) {
    let word = match report.result {
        Verdict::Passed => "passed",
        Verdict::Failed => "failed",
        Verdict::Incomplete => "incomplete",
    };
    (word, palette::of_verdict(report.result))
}

/// The cause that the verdict is about, where it failed.
fn main_cause(report: &Report) -> Option<&Entry> {
    (report.result == Verdict::Failed)
        .then(|| report.results.first())
        .flatten()
}

/// The verdict's reason in words.
fn gist(report: &Report) -> Option<String> {
    match report.result {
        Verdict::Failed => main_cause(report).map(sentence),
        Verdict::Incomplete => Some(unseen::gist(report)),
        Verdict::Passed => Some(format!(
            "{} found no error",
            of(report.summary.passed + report.summary.warnings, "check")
        )),
    }
}

/// What must not be cut off: how much the cause explains, and what is still on its way.
fn tail(report: &Report) -> String {
    let mut tail = main_cause(report).map_or(String::new(), explains);
    let rolling = at_level(report, Level::Info);
    if rolling > 0 {
        tail.push_str(&format!("; still rolling out: {rolling}"));
    }
    tail
}

fn explains(entry: &Entry) -> String {
    match entry.explains {
        0 => String::new(),
        1 => " (explains 1 other)".to_owned(),
        others => format!(" (explains {others} others)"),
    }
}

fn at_level(report: &Report, level: Level) -> usize {
    report
        .results
        .iter()
        .filter(|entry| entry.level == level)
        .count()
}

fn counts(report: &Report) -> String {
    let mut parts = Vec::new();
    for (level, noun) in [(Level::Error, "error"), (Level::Warning, "warning")] {
        let all = at_level(report, level);
        let roots = report
            .results
            .iter()
            .filter(|entry| entry.root && entry.level == level)
            .count();
        if all > roots && roots > 0 {
            parts.push(format!("{} from {}", of(all, noun), of(roots, "cause")));
        } else if all > 0 {
            parts.push(of(all, noun));
        }
    }
    let summary = report.summary;
    let checks = [
        (summary.failed, "failed"),
        (summary.warnings, "warned"),
        (summary.passed, "passed"),
        (summary.skipped, "skipped"),
    ];
    let checks: Vec<_> = checks
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    parts.push(format!("checks: {}", checks.join(", ")));
    parts.join("; ")
}

/// A count with its noun.
pub(super) fn of(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
