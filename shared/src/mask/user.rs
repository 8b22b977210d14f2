//! Where user and password of a URL end.

use super::token::{self, Token};

/// A password is no longer, as far as one is looked for behind what ends a host.
pub(super) const LONG: usize = 1 << 13;

/// Where user and password end that begin at `start`; nothing where there are none, or no secret.
pub(super) fn end(
    text: &[u8],
    start: usize,
    opened: Option<usize>,
    is_secret_alone: bool,
) -> Option<usize> {
    let authority = Authority::read(text, start, opened);
    let has_password = |end: usize| has_colon(&text[start..end]);
    // A quote within is the text's own where no password can be: `'https://almckay.io',me@almckay.io`.
    let whole = authority.user.filter(|end| has_password(*end));
    let end = whole.or(authority.before_quote);
    // Without a host behind it, it is one of the password.
    if let Some(end) = end.filter(|end| end + 1 < authority.end || !has_password(*end)) {
        return (is_secret_alone || has_password(end)).then_some(end);
    }
    let mut hosts = &text[start..authority.plain];
    // A sentence goes on behind it: `https://almckay.io:6443: timeout`.
    while let (Some(b' '), Some((b':' | b',' | b';' | b'.' | b')', before))) =
        (text.get(authority.end), hosts.split_last())
    {
        hosts = before;
    }
    if end.is_none() && is_hosts(hosts) {
        return None;
    }
    last_at(text, start, opened).filter(|end| has_password(*end))
}

/// Whether there is a colon, be it escaped: `\u003a`, `\x3a`.
fn has_colon(text: &[u8]) -> bool {
    let has = |escaped: &[u8]| {
        let mut all = text.windows(escaped.len());
        all.any(|one| one.eq_ignore_ascii_case(escaped))
    };
    text.contains(&b':') || has(b"x3a") || has(b"u003a") || has(b"U0000003a")
}

/// What stands before a path.
struct Authority {
    /// The last `@`.
    user: Option<usize>,
    /// The last one that no quote stands before.
    before_quote: Option<usize>,
    /// Where the first quote is, else its end.
    plain: usize,
    end: usize,
}

impl Authority {
    fn read(text: &[u8], start: usize, opened: Option<usize>) -> Self {
        let (mut user, mut quote) = (None, None);
        let mut at = start;
        loop {
            let (token, length) = token::at(text, at, opened);
            match token {
                Token::End | Token::Space => break,
                token if token.ends_host() => break,
                Token::Quote | Token::Break => {
                    quote.get_or_insert((at, user));
                }
                token if token.is(b'@') => user = Some(at),
                Token::Char(_) => {}
            }
            at += length;
        }
        let (plain, before_quote) = quote.unwrap_or((at, user));
        Self {
            user,
            before_quote,
            plain,
            end: at,
        }
    }
}

/// Whether a text may be hosts with ports, as far as that goes without knowing them.
fn is_hosts(text: &[u8]) -> bool {
    text.split(|byte| *byte == b',').all(|host| {
        let port = match host.iter().position(|byte| *byte == b']') {
            Some(end) if host.starts_with(b"[") => &host[end + 1..],
            _ => host,
        };
        let port = port.splitn(2, |byte| *byte == b':').nth(1);
        port.unwrap_or_default().iter().all(u8::is_ascii_digit)
    })
}

/// The last `@` behind a password that has what ends a host.
fn last_at(text: &[u8], start: usize, opened: Option<usize>) -> Option<usize> {
    let far = text.len().min(start + LONG);
    // Of most there is none, and that is soon told.
    memchr::memchr(b'@', &text[start..far])?;
    let (mut at, mut last) = (start, None);
    while at < far {
        let (token, length) = token::at(text, at, opened);
        match token {
            Token::End => break,
            // Only where its quotes are known is a space certainly within.
            Token::Space if opened.is_none() => break,
            token if token.is(b'@') => last = Some(at),
            _ => {}
        }
        at += length;
    }
    last
}
