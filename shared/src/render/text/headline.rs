//! What a person needs first: the verdict, its main cause, and the counts.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::super::name::{sentence, subject};
use super::super::page::Page;
use super::super::palette::{self, DIM};
use super::count::of;
use super::{unseen, word};
use crate::finding::Level;
use crate::report::{Entry, Report, Verdict};

/// The verdict with its main cause on one line, and the counts on the next.
pub(super) fn write(report: &Report, page: Page, out: &mut impl Write) -> io::Result<()> {
    let (verdict, style) = verdict(report);
    let line = first_line(report, page.width.saturating_sub(verdict.len() + 2));
    writeln!(out, "{style}{verdict}{style:#}: {line}")?;
    let counts = page.fill("  ", 2, &counts(report));
    writeln!(out, "{DIM}{counts}{DIM:#}")
}

/// A clause of so many bytes is not cut, even where it ends beyond the page.
const SHORT: usize = 24;

/// The gist and its tail. What does not fit goes in this order: how much the cause explains, for
/// the counts tell it too; the end of its message; never its name, nor a few words after it.
fn first_line(report: &Report, room: usize) -> String {
    let (gist, named) = gist(report);
    let rolling = rolling(report);
    let explains = main_cause(report).map_or(String::new(), explains);
    if display_width(&gist) + explains.len() + rolling.len() <= room {
        return gist + &explains + &rolling;
    }
    let (name, said) = gist.split_at(start_of_clause(&gist, named));
    let room = room.saturating_sub(rolling.len());
    let left = room.saturating_sub(display_width(name));
    let clause = Page::cut(said, left.saturating_sub(explains.len()));
    if !clause.ends_with(" ...") {
        return format!("{name}{clause}{explains}{rolling}");
    }
    let line = format!("{name}{}", Page::cut(said, left));
    let line = line.strip_suffix(": ...").unwrap_or(&line);
    let least = beginning(&gist, named);
    let is_too_long = display_width(line) > room;
    let line = if is_too_long || line.trim_end_matches(" ...").len() < least.len() {
        least
    } else {
        line
    };
    format!("{line}{rolling}")
}

/// Where what is said of the object begins.
fn start_of_clause(gist: &str, named: usize) -> usize {
    gist.len() - gist[named..].trim_start_matches([':', ' ']).len()
}

/// What is named, with the clause after its name where that is short.
fn beginning(gist: &str, named: usize) -> &str {
    let start = start_of_clause(gist, named);
    let rest = &gist[start..];
    let clause = rest.find([',', ';', ':']).unwrap_or(rest.len());
    &gist[..if clause <= SHORT {
        start + clause
    } else {
        named
    }]
}

/// A line for each cause, nothing cut: the verdict takes the place of the first one's level.
pub(super) fn brief(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let (verdict, style) = verdict(report);
    let (gist, _) = gist(report);
    let first = main_cause(report);
    let explained = first.map_or(String::new(), explains);
    writeln!(
        out,
        "{style}{verdict}{style:#}: {gist}{explained}{}",
        rolling(report)
    )?;
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

/// The verdict's reason in words, and how much of it must not be cut.
fn gist(report: &Report) -> (String, usize) {
    match (report.result, main_cause(report)) {
        (Verdict::Incomplete, _) => unseen::gist(report),
        (_, Some(cause)) => (sentence(cause), subject(cause).len()),
        (_, None) => {
            let checks = of(report.summary.passed + report.summary.warnings, "check");
            (format!("{checks} found no error"), 0)
        }
    }
}

/// What is still on its way.
fn rolling(report: &Report) -> String {
    match at_level(report, Level::Info) {
        0 => String::new(),
        rolling => format!("; still rolling out: {rolling}"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_clause_stays_with_its_name() {
        let gist = "Secret auth/tls does not exist, and Ingress auth/web names it";
        assert_eq!(beginning(gist, 15), "Secret auth/tls does not exist");
        let gist = "Node worker-2: DiskPressure: the disk is full";
        assert_eq!(beginning(gist, 13), "Node worker-2: DiskPressure");
        let gist = "Pod web/site: the container has not said a word";
        assert_eq!(beginning(gist, 12), "Pod web/site");
    }
}
