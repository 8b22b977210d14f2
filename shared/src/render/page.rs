//! How much fits, how much is wanted, and filling lines with words.

use std::borrow::Cow;

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// How much is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// A line for each cause.
    Brief,
    /// Each cause in full, what it explains folded.
    #[default]
    Normal,
    /// Everything.
    Full,
}

/// What text is written on.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// How much is said.
    pub detail: Detail,
}

impl Page {
    /// Breaks text into lines between words: the first starts with `first`, the others with as
    /// many spaces as `hang` says. A word that is longer than a line stays whole, so that names
    /// can be copied.
    pub(super) fn fill(&self, first: &str, hang: usize, text: &str) -> String {
        let rest = " ".repeat(hang);
        textwrap::fill(
            text,
            options(self.width)
                .initial_indent(first)
                .subsequent_indent(&rest),
        )
    }

    /// Cuts text that is longer than the columns given: after a clause that says enough, else
    /// between words, and then three dots say so.
    pub(super) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
        if display_width(text) <= columns {
            return Cow::Borrowed(text);
        }
        // With its comma and the blank after it, a clause that fits is at most so long.
        let near = &text[..end_of(text, columns + 2)];
        let words = near.match_indices(' ').map(|(end, _)| &near[..end]);
        let mut clauses = words.filter_map(|head| head.strip_suffix([',', ';', ':']));
        let fits = |clause: &&str| (columns / 2..=columns).contains(&display_width(clause));
        if let Some(clause) = clauses.rfind(fits) {
            return Cow::Borrowed(clause);
        }
        let lines = textwrap::wrap(text, options(columns.saturating_sub(4)));
        let head = lines.first().map_or("", |line| line.as_ref());
        Cow::Owned(format!("{head} ..."))
    }

    /// Cuts text that is longer than the columns given where they end; three dots say so.
    pub(super) fn cut_end(text: &str, columns: usize) -> Cow<'_, str> {
        if display_width(text) <= columns {
            return Cow::Borrowed(text);
        }
        let room = columns.saturating_sub(3);
        Cow::Owned(format!("{}...", &text[..end_of(text, room)]))
    }
}

/// Where the columns given end. Each character is measured once: some have no width, so that there may be
/// far more of them than columns.
fn end_of(text: &str, columns: usize) -> usize {
    let mut width = 0;
    let mut all = text.char_indices();
    let beyond = all.find(|(_, c)| {
        width += display_width(c.encode_utf8(&mut [0; 4]));
        width > columns
    });
    beyond.map_or(text.len(), |(at, _)| at)
}

fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page = Page {
        width: 24,
        detail: Detail::Normal,
    };

    #[test]
    fn words_are_filled_in_and_never_broken() {
        let text = "pulls ghcr.io/goauthentik/server:2026.8.2 again and again";
        assert_eq!(
            PAGE.fill("  ", 4, text),
            "  pulls\n    ghcr.io/goauthentik/server:2026.8.2\n    again and again"
        );
    }

    #[test]
    fn what_is_too_long_is_cut_between_words() {
        assert_eq!(Page::cut("does not exist", 14), "does not exist");
        assert_eq!(Page::cut("does not exist at all", 14), "does not ...");
        assert_eq!(
            Page::cut("does not exist, and it should", 20),
            "does not exist"
        );
    }

    /// Either would take hours if each head of the text were measured anew.
    #[test]
    fn what_has_no_width_is_measured_once() {
        let accents = format!("a{}{}", "\u{301}".repeat(1_000_000), "b".repeat(100));
        let cut = Page::cut_end(&accents, 20);
        assert_eq!(cut.chars().filter(|c| *c != '\u{301}').count(), 20);
        assert!(cut.ends_with("b..."));
        let clauses = "a, ".repeat(300_000);
        assert_eq!(Page::cut(&clauses, 20), "a, a, a, a, a, a, a");
    }
}
