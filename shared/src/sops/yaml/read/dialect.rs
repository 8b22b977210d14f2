//! Refuses what go-yaml, which sops and Flux read with, refuses or reads as something else.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, Span};

use super::{Reader, bytes, malformed};
use crate::failure::Result;
use crate::sops::yaml::site::{Shape, Site};

/// Refuses an event whose text go-yaml would not take for the same.
pub(super) fn check(event: &Event<'_>, span: &Span, text: &str, in_flow: bool) -> Result<()> {
    let line = span.start.line();
    let written = &text[bytes(span)];
    match event {
        Event::Anchor(..) | Event::Alias(_) => {
            let name = written.get(1..).unwrap_or_default();
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            if !name.bytes().all(fits) {
                return Err(malformed(&format!(
                    "an anchor's name may hold letters, digits, - and _ only: {written}, line {line}"
                )));
            }
        }
        Event::Scalar(_, ScalarStyle::Plain, ..) if in_flow && written.starts_with(['?', ':']) => {
            return Err(malformed(&format!(
                "within braces, a word that starts so needs quotes: {written}, line {line}"
            )));
        }
        // A colon right before a comma or a brace is part of the word for go-yaml.
        Event::Scalar(_, ScalarStyle::Plain, ..) if in_flow && written.is_empty() => {
            let at = span.byte_range().map_or(0, |range| range.start);
            // What is blank may be placed before the colon.
            let (before, behind) = match text[..at].strip_suffix(':') {
                Some(before) => (before, &text[at..]),
                None => (
                    &text[..at],
                    text[at..].strip_prefix(':').unwrap_or_default(),
                ),
            };
            if behind.starts_with([',', '}', ']'])
                && before
                    .ends_with(|last: char| !last.is_whitespace() && !"\"'}]{[,".contains(last))
            {
                return Err(malformed(&format!(
                    "a colon needs a space behind it, line {line}"
                )));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether all that may be a directive is one that go-yaml takes: it knows YAML 1.1 only.
pub(super) fn takes_directives(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| line.starts_with('%'));
    lines.all(|line| {
        let rest = line.strip_prefix("%YAML 1.1");
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']))
    })
}

/// Why go-yaml would not take a key, whose length is told, where the text starts.
pub(super) fn why_no_key(text: &str, length: usize, in_flow: bool) -> Option<&'static str> {
    let (key, behind) = text.split_at(length);
    let colon = behind.trim_start();
    let gap = &behind[..behind.len() - colon.len()];
    if key.starts_with('"') && has_json_escapes(key) {
        return Some("a key has an escape that only JSON knows");
    }
    (in_flow && gap.contains('\n') && colon.starts_with(':'))
        .then_some("within braces, a key and its colon must stand on one line")
}

/// Whether a text in double quotes has escapes of JSON that go-yaml does not know.
pub(super) fn has_json_escapes(quoted: &str) -> bool {
    let mut escapes = quoted.split('\\').skip(1);
    while let Some(escape) = escapes.next() {
        match escape.as_bytes().first() {
            Some(b'/') => return true,
            // One half of a character beyond the first plane.
            Some(b'u')
                if matches!(
                    escape.as_bytes().get(1..3),
                    Some([b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F'])
                ) =>
            {
                return true;
            }
            // An escaped backslash: what follows is text.
            None => drop(escapes.next()),
            _ => {}
        }
    }
    false
}

impl Reader<'_> {
    /// Refuses tabs that indent: go-yaml takes them between words only.
    pub(super) fn refuse_tabs(&self) -> Result<()> {
        if !self.text.contains('\t') {
            return Ok(());
        }
        let taken = taken(&self.sites);
        for at in memchr::memchr_iter(b'\t', self.text.as_bytes()) {
            let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
            let before = self.text[start..at].trim_start_matches('\u{feff}');
            let indents = before.bytes().all(|byte| b" \t-?:".contains(&byte));
            if indents
                && !before.starts_with("---")
                && !is_within(at, &taken)
                && !self.is_behind_word(at, before.len())
            {
                return Err(self.tab(at));
            }
        }
        for site in &self.sites {
            if let Shape::Block(header) = &site.shape {
                self.refuse_tabs_in_block(header, site)?;
            }
        }
        Ok(())
    }

    /// Refuses a carriage return that ends a line by itself: nothing else that reads the file agrees on whether
    /// it does.
    pub(super) fn refuse_carriage_returns(&self) -> Result<()> {
        let text = self.text.as_bytes();
        let mut returns = memchr::memchr_iter(b'\r', text);
        match returns.find(|at| text.get(at + 1) != Some(&b'\n')) {
            Some(at) => {
                let line = self.line_of(at);
                Err(malformed(&format!(
                    "a carriage return without a line feed, line {line}"
                ))
                .hint("end lines as everybody does: sed -i 's/\\r/\\n/g' FILE"))
            }
            None => Ok(()),
        }
    }

    fn line_of(&self, at: usize) -> usize {
        memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at]).count() + 1
    }

    /// Whether there is but white space between a scalar without quotes and a tab that is indented deeper than its
    /// block: go-yaml looks there for more lines of it.
    fn is_behind_word(&self, at: usize, column: usize) -> bool {
        let end = self.text[..at].trim_end().len();
        let behind = self.sites.partition_point(|site| site.entry < end);
        self.sites[..behind].iter().rev().take(2).any(|site| {
            matches!(
                site.shape,
                Shape::Scalar(ScalarStyle::Plain) | Shape::Block(_)
            ) && site.span.end == end
                && column > site.indent
        })
    }

    /// The first line of a block tells its indentation, and go-yaml wants spaces there.
    fn refuse_tabs_in_block(&self, header: &Range<usize>, site: &Site) -> Result<()> {
        if self.text[header.clone()].contains(|letter: char| letter.is_ascii_digit()) {
            return Ok(());
        }
        let mut at = header.end;
        let block = self.text[at..site.span.end.max(at)].split_inclusive('\n');
        for (number, line) in block.enumerate() {
            let content = line.trim_start_matches(' ');
            if number > 0 && content.starts_with('\t') {
                return Err(self.tab(at));
            }
            if number > 0 && !content.trim().is_empty() {
                break;
            }
            at += line.len();
        }
        Ok(())
    }

    fn tab(&self, at: usize) -> crate::failure::Failure {
        let line = self.line_of(at);
        malformed(&format!("a tab indents, line {line}")).hint("indent with spaces")
    }
}

/// The bytes of scalars, comments and braces, in order.
fn taken(sites: &[Site]) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    for site in sites {
        taken.extend(site.key.clone());
        match &site.shape {
            Shape::Rows(_) | Shape::Alias(_) => {}
            Shape::Block(header) => taken.push(header.end..site.span.end.max(header.end)),
            Shape::Scalar(_) | Shape::Flow | Shape::Comment => taken.push(site.span.clone()),
        }
    }
    taken.sort_by_key(|range| range.start);
    taken.dedup_by(|next, range| {
        let touches = next.start <= range.end;
        if touches {
            range.end = range.end.max(next.end);
        }
        touches
    });
    taken
}

fn is_within(at: usize, taken: &[Range<usize>]) -> bool {
    let behind = taken.partition_point(|range| range.start <= at);
    behind > 0 && taken[behind - 1].end > at
}
