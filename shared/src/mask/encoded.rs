//! URLs whose signs are escaped as in the query of another: `https%3A%2F%2Fuser%3Apassword%40host`.

use memchr::memchr;

use super::{hide, is_secret_alone};

/// Nobody's user and password are longer.
const LONG: usize = 1 << 10;

/// Goes through all of them.
pub(super) fn mask(text: &mut [u8]) {
    let mut from = 0;
    while let Some(found) = memchr(b'%', text.get(from..).unwrap_or_default()) {
        let at = from + found;
        from = at + 1;
        if let Some(start) = separator(text, at) {
            if let Some(end) = user(text, start, is_secret_alone(&text[..at])) {
                text[start..end].iter_mut().for_each(hide);
            }
            from = start;
        }
    }
}

/// Where the host or its user begins, where `://` stands at a place; `:` may stand before it as it is.
fn separator(text: &[u8], at: usize) -> Option<usize> {
    let sign = |at: usize, wanted: u8| {
        let (letter, length) = letter(text, at)?;
        (letter == wanted && length > 1).then_some(at + length)
    };
    let slashes = match text[..at].last() {
        Some(b':') => at,
        _ => sign(at, b':')?,
    };
    sign(sign(slashes, b'/')?, b'/')
}

/// Where user and password end that begin at `start`.
fn user(text: &[u8], start: usize, is_secret_alone: bool) -> Option<usize> {
    let (mut at, mut end, mut colon, mut last) = (start, None, None, None);
    let mut is_port = true;
    while at < text.len().min(start + LONG) {
        let Some((letter, length)) = letter(text, at) else {
            break;
        };
        match letter {
            b'/' | b'?' | b'#' if end.is_none() => {
                if last.is_some() || is_port {
                    break;
                }
                end = Some(at);
            }
            b'@' => last = Some(at),
            b':' if colon.is_none() => colon = Some(at),
            _ if colon.is_some() && last.is_none() => is_port &= letter.is_ascii_digit(),
            _ => {}
        }
        at += length;
    }
    let has_password = |last: &usize| colon.is_some_and(|colon| colon < *last);
    last.filter(|last| has_password(last) || is_secret_alone)
}

/// What stands at a place, be it escaped once or more often; nothing where the URL ends.
fn letter(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let first = *text.get(at)?;
    if first != b'%' {
        let is_within = first.is_ascii_alphanumeric() || b"-._~:/?#@!$*+".contains(&first);
        return is_within.then_some((first, 1));
    }
    let again = text[at + 1..].chunks(2).take_while(|two| *two == b"25");
    let start = at + 1 + 2 * again.count();
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let code = digit(start)? * 16 + digit(start + 1)?;
    Some((u8::try_from(code).ok()?, start + 2 - at))
}
