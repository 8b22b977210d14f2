//! What is assigned to a name that says it is a secret: `password=...` in connection strings, command lines and messages.

use memchr::memchr;

use super::hide;
use super::token::{self, Token};

/// What the names end in, without the signs between their words.
const SECRETS: &[&[u8]] = &[
    b"password",
    b"passwd",
    b"passphrase",
    b"pwd",
    b"token",
    b"apikey",
    b"accesskey",
    b"secretkey",
    b"clientsecret",
];

/// The longest name that is looked at.
const LONG: usize = 64;

/// Goes through all that is assigned.
pub(super) fn mask(text: &mut [u8]) {
    let mut from = 0;
    while let Some(found) = memchr(b'=', &text[from..]) {
        from += found + 1;
        if is_secret(&text[..from - 1]) {
            let (start, end) = value(text, from);
            text[start..end].iter_mut().for_each(hide);
            from = end;
        }
    }
}

fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

fn is_secret(before: &[u8]) -> bool {
    let name = before.iter().rev().take(LONG);
    let name = name.take_while(|byte| is_of_name(byte));
    let mut name: Vec<u8> = name
        .filter(|byte| byte.is_ascii_alphanumeric())
        .copied()
        .collect();
    name.reverse();
    name.make_ascii_lowercase();
    SECRETS.iter().any(|secret| name.ends_with(secret))
}

/// From where to where it goes; nowhere where it is a variable or a comparison.
fn value(text: &[u8], start: usize) -> (usize, usize) {
    let is_other = |sign: &[u8]| text[start..].starts_with(sign);
    if [&b"="[..], b"$(", b"${", b"{{"].into_iter().any(is_other) {
        return (start, start);
    }
    let quote = quote(text, start);
    let start = start + quote.len();
    let mut end = start;
    loop {
        let (token, length) = token::at(text, end, None);
        let is_within = match token {
            Token::Char(_) if quote.is_empty() => !ends_value(token, &text[end + length..]),
            Token::Char(_) => true,
            Token::Space => !quote.is_empty(),
            // One that closes has no word behind it.
            Token::Quote if quote.is_empty() => {
                let next = text.get(end + length);
                length == 1 && next.is_some_and(u8::is_ascii_alphanumeric)
            }
            Token::Quote => !text[end..].starts_with(quote),
            Token::Break | Token::End => false,
        };
        if !is_within {
            return (start, end);
        }
        end += length;
    }
}

/// The quote that a value begins with; one with nothing behind it closes what the name is in.
fn quote(text: &[u8], start: usize) -> &[u8] {
    let slashes = text[start..].iter().take_while(|byte| **byte == b'\\');
    let length = slashes.count() + 1;
    let quote = text.get(start..start + length).unwrap_or_default();
    let next = text.get(start + length);
    let is_open =
        next.is_some_and(|next| !next.is_ascii_whitespace() && !b",;:)]}#\\\"'".contains(next));
    match quote.last() {
        Some(b'"' | b'\'' | b'`') if is_open => quote,
        _ => &[],
    }
}

/// Whether the next name follows behind a sign: `password=a,host=b`.
fn ends_value(token: Token, behind: &[u8]) -> bool {
    let is_sign = [b'&', b',', b';'].into_iter().any(|sign| token.is(sign));
    let name = behind
        .iter()
        .take(LONG)
        .take_while(|byte| is_of_name(byte))
        .count();
    is_sign && name > 0 && behind.get(name) == Some(&b'=')
}
