//! What a root explains: what else was found about its object in a few words, all else by name.

use std::io::{self, Write};

use super::super::clean::clean;
use super::super::name::{name, sentence};
use super::super::page::{Detail, Page};
use super::super::palette::DIM;
use super::super::remedy;
use super::count::of;
use super::word;
use crate::report::{Entry, Report};

/// So many other findings about a root's own object are told.
const TOLD: usize = 3;

/// Each of them on about so many columns.
const LONGEST: usize = 3 * 80;

/// Writes it below its root; says whether something was kept back.
pub(super) fn write(
    report: &Report,
    root: &Entry,
    page: Page,
    out: &mut impl Write,
) -> io::Result<bool> {
    let (same, others): (Vec<_>, Vec<_>) = explained(report, root)
        .into_iter()
        .partition(|entry| entry.object == root.object);
    if page.detail == Detail::Full {
        let (first, elsewhere): (Vec<_>, Vec<_>) = same
            .into_iter()
            .chain(others)
            .partition(|entry| entry.because.as_ref() == Some(&root.object));
        for entry in first {
            unfolded(entry, page, out)?;
        }
        if !elsewhere.is_empty() {
            explains(root, &elsewhere, page, out)?;
        }
        return Ok(false);
    }
    let news = same.iter().filter(|entry| !quotes(root, entry));
    for entry in news.take(TOLD) {
        let said = Page::cut_end(&entry.message, LONGEST);
        let text = format!("also {} [{}]", clean(&said), entry.check);
        writeln!(out, "{DIM}{}{DIM:#}", page.fill("  ", 4, &text))?;
    }
    if root.explains > 0 {
        explains(root, &others, page, out)?;
    }
    Ok(!same.is_empty() || root.explains > 0)
}

/// Whether a root's message has all of another, but for the reason that it begins with.
fn quotes(root: &Entry, other: &Entry) -> bool {
    let words = other.message.split_once(": ");
    let words = words.map_or(other.message.as_str(), |(_, words)| words);
    root.message.contains(words)
}

/// What a root explains, the worst first.
fn explained<'a>(report: &'a Report, root: &Entry) -> Vec<&'a Entry> {
    let is_explained = |entry: &&Entry| {
        !entry.root && entry.cluster == root.cluster && entry.causes.contains(&root.object)
    };
    report.results.iter().filter(is_explained).collect()
}

/// As many names as one line holds, so the short ones first.
fn explains(root: &Entry, all: &[&Entry], page: Page, out: &mut impl Write) -> io::Result<()> {
    let mut objects: Vec<_> = all.iter().map(|entry| &entry.object).collect();
    objects.sort();
    objects.dedup();
    let mut names: Vec<_> = objects.into_iter().map(name).collect();
    names.sort_by_key(String::len);
    let mut line = format!("  explains {}", of(root.explains, "other"));
    for (at, name) in names.iter().enumerate() {
        let joint = if at == 0 { ": " } else { ", " };
        let is_last = at + 1 == root.explains;
        let room = page
            .width
            .saturating_sub(if is_last { 0 } else { ", ...".len() });
        if line.len() + joint.len() + name.len() > room {
            if at > 0 {
                line.push_str(", ...");
            }
            break;
        }
        line.push_str(joint);
        line.push_str(name);
    }
    writeln!(out, "{DIM}{line}{DIM:#}")
}

fn unfolded(entry: &Entry, page: Page, out: &mut impl Write) -> io::Result<()> {
    let text = format!(
        "{}: {} [{}]",
        word(entry.level),
        sentence(entry),
        entry.check
    );
    writeln!(out, "{}", page.fill("  -> ", 5, &text))?;
    if let Some(remedy) = &entry.remedy {
        let word = remedy::word(remedy);
        writeln!(out, "     {word}:\n       {}", clean(remedy))?;
    }
    Ok(())
}
