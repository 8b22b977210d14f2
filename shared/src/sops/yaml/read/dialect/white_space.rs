//! White space that go-yaml does not take where it stands: tabs that indent, carriage returns by themselves, byte order
//! marks within a file.

use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::failure::{Failure, Result};
use crate::sops::yaml::read::{Reader, malformed};
use crate::sops::yaml::site::{Shape, Site};

impl Reader<'_> {
    /// Refuses tabs that indent: go-yaml takes them between words only.
    pub(in crate::sops::yaml::read) fn refuse_tabs(&self) -> Result<()> {
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
    pub(in crate::sops::yaml::read) fn refuse_carriage_returns(&self) -> Result<()> {
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

    /// Refuses a byte order mark that starts a line: go-yaml takes it into the word behind it, a key mostly.
    pub(in crate::sops::yaml::read) fn refuse_byte_order_marks(&self) -> Result<()> {
        const MARK: char = '\u{feff}';
        let mut marks = self
            .text
            .match_indices(MARK)
            .map(|(at, _)| at)
            .skip_while(|at| *at == 0)
            .peekable();
        if marks.peek().is_none() {
            return Ok(());
        }
        let taken = taken(&self.sites);
        let starts_line = |at: &usize| {
            let start = self.text[..*at].rfind('\n').map_or(0, |at| at + 1);
            self.text[start..*at]
                .bytes()
                .all(|byte| b" -".contains(&byte))
        };
        // A word that starts with it is refused, a text that has it within is not.
        let is_text = |at: usize| {
            let behind = taken.partition_point(|range| range.start < at);
            behind > 0 && taken[behind - 1].end > at
        };
        match marks.find(|at| starts_line(at) && !is_text(*at)) {
            Some(at) => {
                let line = self.line_of(at);
                Err(malformed(&format!("a byte order mark within the file, line {line}"))
                    .hint("it belongs at the very start, or nowhere: sed -i 's/\\xef\\xbb\\xbf//g' FILE"))
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

    fn tab(&self, at: usize) -> Failure {
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
