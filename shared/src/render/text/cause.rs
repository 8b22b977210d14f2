//! One cause: an error in full with the command that mends it, anything milder as one paragraph.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::clean::clean;
use super::super::name::{name, sentence, subject};
use super::super::page::{Detail, Page};
use super::super::palette::{self, BOLD, DIM};
use super::super::remedy;
use super::{folded, word};
use crate::finding::Level;
use crate::report::{Entry, Report};

/// Writes a root; says whether something about it was kept back.
pub(super) fn write(
    report: &Report,
    entry: &Entry,
    page: Page,
    out: &mut impl Write,
) -> io::Result<bool> {
    let full = entry.level == Level::Error || page.detail == Detail::Full;
    if full {
        in_full(entry, page, out)?;
    } else {
        in_short(entry, page, out)?;
    }
    let is_kept_back = folded::write(report, entry, page, out)?;
    let is_cut = matches!(told(entry, page), Cow::Owned(_));
    Ok(is_kept_back || is_cut || (!full && entry.remedy.is_some()))
}

/// Longer messages are cut, but for who wants it all: 20 lines.
const LONGEST: usize = 20 * 80;

/// As much of a message as is told.
fn told(entry: &Entry, page: Page) -> Cow<'_, str> {
    match page.detail {
        Detail::Full => Cow::Borrowed(&entry.message),
        _ => Page::cut_end(&entry.message, LONGEST),
    }
}

fn in_full(entry: &Entry, page: Page, out: &mut impl Write) -> io::Result<()> {
    let style = palette::of_level(entry.level);
    let subject = subject(entry);
    writeln!(
        out,
        "\n{style}{}{style:#}: {BOLD}{subject}{BOLD:#} {DIM}[{}]{DIM:#}",
        word(entry.level),
        entry.check
    )?;
    writeln!(out, "{}", page.fill("  ", 2, &clean(&told(entry, page))))?;
    if let Some(because) = &entry.because {
        writeln!(
            out,
            "{}",
            page.fill("  ", 4, &format!("because of {}", name(because)))
        )?;
    }
    if let Some(file) = &entry.file {
        let line = file.line.map_or(String::new(), |line| format!(":{line}"));
        writeln!(out, "  {DIM}read in {}{line}{DIM:#}", clean(&file.path))?;
    }
    if let Some(remedy) = &entry.remedy {
        let word = remedy::word(remedy);
        writeln!(out, "  {word}:\n    {BOLD}{}{BOLD:#}", clean(remedy))?;
    }
    Ok(())
}

fn in_short(entry: &Entry, page: Page, out: &mut impl Write) -> io::Result<()> {
    let style = palette::of_level(entry.level);
    let word = word(entry.level);
    let sentence = sentence(entry);
    let text = format!("{} [{}]", Page::cut_end(&sentence, LONGEST), entry.check);
    let first = format!("{style}{word}{style:#}: ");
    writeln!(out, "\n{}", page.fill(&first, 2, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_without_end_takes_a_part_of_the_screen_but_for_who_wants_it_all() {
        let entry = Entry {
            check: "workloads/crash-loop",
            level: Level::Error,
            cluster: None,
            component: None,
            object: crate::object::ObjectRef::new("v1", "Pod", "auth", "authentik"),
            file: None,
            message: "panic again ".repeat(6_000),
            remedy: None,
            because: None,
            causes: Vec::new(),
            root: true,
            explains: 0,
            docs: String::new(),
        };
        let lines = |detail| {
            let mut out = Vec::new();
            in_full(&entry, Page { width: 80, detail }, &mut out).unwrap();
            out.iter().filter(|byte| **byte == b'\n').count()
        };
        assert!(lines(Detail::Normal) < 25, "{}", lines(Detail::Normal));
        assert!(lines(Detail::Full) > 900, "{}", lines(Detail::Full));
    }
}
