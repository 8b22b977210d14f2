//! The queries of URLs.

use super::hide;
use super::token::{self, Token};

/// `&` as Go writes it in JSON.
const ESCAPED_AMPERSAND: &[u8] = br"\u0026";

/// Names of a query's values that are or may be credentials contain one of these.
const SENSITIVE: &[&str] = &["auth", "cred", "key", "pass", "secret", "sig", "token"];

/// Where a URL ends, its query included.
pub(super) fn end(text: &[u8], start: usize, opened: Option<usize>) -> usize {
    let mut end = start;
    loop {
        let (token, length) = token::at(text, end, opened);
        let is_within = match token {
            Token::Char(_) => true,
            // One that closes has no word behind it.
            Token::Quote => {
                let next = text.get(end + length);
                opened.is_some() || length == 1 && next.is_some_and(u8::is_ascii_alphanumeric)
            }
            Token::Space | Token::Break | Token::End => false,
        };
        if !is_within {
            return end;
        }
        end += length;
    }
}

/// Goes through query and fragment, and those of URLs within.
pub(super) fn mask(url: &mut [u8]) {
    let is_start = |byte: &u8| matches!(byte, b'?' | b'#');
    let Some(start) = url.iter().position(is_start) else {
        return;
    };
    let (mut name, mut is_secret) = (start, false);
    for at in start..url.len() {
        if url[at] == b'&' || url[at..].starts_with(ESCAPED_AMPERSAND) {
            (name, is_secret) = (at, false);
        } else if is_secret && url[at] != b'#' {
            hide(&mut url[at]);
        } else if is_start(&url[at]) {
            (name, is_secret) = (at, false);
        } else if url[at] == b'=' {
            is_secret = is_sensitive(&url[name..at]);
            name = at;
        }
    }
}

fn is_sensitive(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    SENSITIVE.iter().any(|word| name.contains(word))
}
