//! The queries of URLs.

use super::hide;
use super::token::{self, Token};

/// Names of a query's values that are or may be credentials contain one of these.
const SENSITIVE: &[&str] = &[
    "auth", "cred", "jwt", "key", "pass", "pwd", "secret", "sig", "token",
];

/// Or one of these as a word: others contain them that are none (`encoding`).
const WORDS: &[&str] = &["access", "code", "otp", "sas"];

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
    let (mut at, mut name, mut is_secret) = (0, None, false);
    while at < url.len() {
        let (letter, length) = letter(&url[at..]);
        let end = at + length;
        match (letter, name) {
            (b'?' | b'#', _) if !(is_secret && letter == b'?') => {
                (name, is_secret) = (Some(end), false);
            }
            (_, None) => {}
            (b'&', _) => (name, is_secret) = (Some(end), false),
            _ if is_secret => url[at..end].iter_mut().for_each(hide),
            (b'=', Some(start)) => {
                is_secret = is_sensitive(&url[start..at]);
                name = Some(end);
            }
            _ => {}
        }
        at = end;
    }
}

/// What stands at a place, where it may be an escape of a few digits: Go and others write so what HTML means something by.
fn letter(url: &[u8]) -> (u8, usize) {
    let escaped = match url {
        [b'\\', b'u' | b'x', ..] => token::letter(url),
        _ => None,
    };
    let escaped = escaped.and_then(|(letter, length)| Some((u8::try_from(letter).ok()?, length)));
    escaped.unwrap_or((url[0], 1))
}

fn is_sensitive(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    SENSITIVE.iter().any(|word| name.contains(word)) || words.any(|word| WORDS.contains(&word))
}
