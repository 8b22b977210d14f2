//! Refuses what go-yaml, which sops and Flux read with, refuses or reads as something else.

mod white_space;

use granit_parser::{Event, ScalarStyle, Span};

use super::{bytes, malformed};
use crate::failure::Result;

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
