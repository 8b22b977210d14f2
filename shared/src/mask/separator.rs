//! What stands before a URL's host: `://`, also as JSON and YAML may write it (`:\/\/`, `\u003a//`, `:\x2f/`),
//! within as many quotes as there are.

use memchr::memchr;
use memchr::memmem::Finder;

use super::token::letter;

/// How it is mostly written.
const PLAIN: &[u8] = b"://";

/// Finds each in turn, without looking at anything twice.
pub(super) struct Separators {
    plain: Finder<'static>,
    next_plain: Option<(usize, usize)>,
    next_escaped: Option<(usize, usize)>,
}

impl Separators {
    pub(super) fn new() -> Self {
        Self {
            plain: Finder::new(PLAIN),
            next_plain: Some((0, 0)),
            next_escaped: Some((0, 0)),
        }
    }

    /// Where the next one begins and ends, from a place on that is not before the last.
    pub(super) fn next(&mut self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        loop {
            if self.next_plain.is_some_and(|(_, end)| end <= from) {
                self.next_plain = self.plain(text, from);
            }
            if self.next_escaped.is_some_and(|(_, end)| end <= from) {
                self.next_escaped = escaped(text, from);
            }
            let both = [self.next_plain, self.next_escaped];
            let found = both.into_iter().flatten().min()?;
            if whole(text, found.0) == Some(found) {
                return Some(found);
            }
            // It was hidden since, as part of another URL's query.
            if self.next_plain == Some(found) {
                self.next_plain = self.plain(text, from);
            } else {
                self.next_escaped = escaped(text, from);
            }
        }
    }

    fn plain(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        let start = from + self.plain.find(text.get(from..)?)?;
        Some((start, start + PLAIN.len()))
    }
}

/// The next one that has a backslash in it.
fn escaped(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let slash = at + memchr(b'\\', text.get(at..)?)?;
        // What stands before the first escape in it stands there as it is.
        let starts = (slash.saturating_sub(2).max(from)..=slash).rev();
        if let Some(found) = starts.into_iter().find_map(|start| whole(text, start)) {
            return Some(found);
        }
        let slashes = text[slash..].iter().take_while(|byte| **byte == b'\\');
        at = slash + slashes.count();
    }
}

fn whole(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let end = PLAIN.iter().try_fold(start, |at, wanted| {
        let (letter, length) = letter(text.get(at..)?)?;
        (letter == u32::from(*wanted)).then_some(at + length)
    })?;
    Some((start, end))
}
