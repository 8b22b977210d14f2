//! The characters of a URL as they stand in a text: in JSON, in a quoted part of a message, or in one within the other.

use super::is_line_end;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A character of the URL, or of what should have been escaped there.
    Char(u32),
    /// A quote that may be a part of it or its end.
    Quote,
    /// White space.
    Space,
    /// White space that is written as an escape.
    Break,
    /// The URL ends before it.
    End,
}

impl Token {
    pub(super) fn is(self, byte: u8) -> bool {
        self == Self::Char(u32::from(byte))
    }

    /// Whether the host ends before it.
    pub(super) fn ends_host(self) -> bool {
        [b'/', b'?', b'#'].into_iter().any(|byte| self.is(byte))
    }
}

/// How many backslashes stand before the quote that opens right before a URL's scheme; nothing where none does. Text in
/// quotes within quotes has more of them: none, then one, three, seven.
pub(super) fn opening(text: &[u8], scheme_end: usize) -> Option<usize> {
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let before = &text[..scheme_end];
    let scheme = before.iter().rev().take_while(|byte| is_scheme(byte));
    let (quote, before) = before[..scheme_end - scheme.count()].split_last()?;
    if *quote != b'"' {
        return None;
    }
    let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    let slashes = slashes.count();
    (slashes + 1).is_power_of_two().then_some(slashes)
}

/// The token at a place, and how many bytes it takes. `opened` is what [`opening`] says.
pub(super) fn at(text: &[u8], at: usize, opened: Option<usize>) -> (Token, usize) {
    let Some(byte) = text.get(at) else {
        return (Token::End, 0);
    };
    match byte {
        b'\\' => escape(&text[at..], opened),
        b'"' => (Token::End, 0),
        b'\'' | b'`' => (Token::Quote, 1),
        b' ' | b'\t' => (Token::Space, 1),
        b'\n' | b'\r' if opened.is_some() => fold(&text[at..]),
        byte if byte.is_ascii_control() => (Token::End, 0),
        byte => (Token::Char(u32::from(*byte)), 1),
    }
}

/// The end of a line within quotes, which YAML folds to a space; in JSON there is none. Of a text that is cut, and so never
/// closes its quotes, the next line is another field.
fn fold(text: &[u8]) -> (Token, usize) {
    let ends = text.iter().take_while(|byte| is_line_end(**byte)).count();
    let blanks = text[ends..].iter().take_while(|byte| **byte == b' ');
    let length = ends + blanks.count();
    let is_end = |byte: &u8| *byte == b'"' || byte.is_ascii_whitespace();
    let word = text[length..].split(is_end).next();
    let word = word.unwrap_or_default();
    let is_field = word.ends_with(b":") || word == b"-" || word == b"---";
    match length == ends || is_field {
        true => (Token::End, 0),
        false => (Token::Space, length),
    }
}

/// What backslashes and what follows them stand for.
fn escape(text: &[u8], opened: Option<usize>) -> (Token, usize) {
    let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
    let literal = (Token::Char(u32::from(b'\\')), slashes);
    let next = text.get(slashes).copied();
    // An escape has one backslash more than the quotes around it, and a backslash is two of them.
    let outside = opened.unwrap_or_default();
    let rest = slashes % (2 * (outside + 1));
    let is_escape = rest == outside + 1 || opened.is_none() && slashes % 2 == 1;
    match next {
        Some(b'"') => match opened {
            Some(_) if slashes < outside => (Token::End, 0),
            Some(_) if rest == 2 * outside + 1 => (Token::Char(u32::from(b'"')), slashes + 1),
            Some(_) if rest == outside && slashes > outside => (literal.0, slashes - outside),
            Some(_) => (Token::End, 0),
            None if slashes % 2 == 0 => literal,
            None => (Token::Quote, slashes + 1),
        },
        Some(b'u' | b'U' | b'x') if is_escape || opened.is_none() => match letter(text) {
            Some((code, length)) => (of_code(code), length),
            None => literal,
        },
        Some(b'n' | b'r' | b't') if is_escape => (Token::Break, slashes + 1),
        Some(b'/') if is_escape => (Token::Char(u32::from(b'/')), slashes + 1),
        _ => literal,
    }
}

/// The character that a text begins with, be it escaped or not, and how many bytes it takes: YAML has other
/// escapes beside JSON's.
pub(super) fn letter(text: &[u8]) -> Option<(u32, usize)> {
    let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
    let (first, rest) = text[slashes..].split_first()?;
    let digits = match first {
        _ if slashes == 0 => return Some((u32::from(*first), 1)),
        b'/' => return Some((u32::from(b'/'), slashes + 1)),
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = rest.get(..digits)?.iter().try_fold(0_u32, |code, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        code.checked_mul(16)?.checked_add(digit)
    })?;
    Some((code, slashes + 1 + digits))
}

fn of_code(code: u32) -> Token {
    match u8::try_from(code) {
        Ok(b'"' | b'\'' | b'`') => Token::Quote,
        Ok(byte) if byte == b' ' || byte.is_ascii_control() => Token::Break,
        _ => Token::Char(code),
    }
}
