//! Takes credentials out of texts, wherever they stand in what is read: in a controller's message as well as in a
//! field. Length and all else stay, so the text remains what it was.
//!
//! Passwords have any characters, also those that no URL may have: what cannot be host and port is hidden up to the
//! last `@`. Rather too much is hidden than a part of a password shown.

mod assigned;
mod encoded;
mod query;
mod separator;
#[cfg(test)]
mod tests;
mod token;
mod user;

use separator::Separators;

/// Schemes whose user is an account of the server, and no secret where no password follows: `ssh://git@...`. That of
/// others may be a token.
const ACCOUNT_SCHEMES: &[&[u8]] = &[b"ssh", b"postgres", b"postgresql", b"mysql", b"mongodb"];

/// What follows the `@` behind the name of an image.
const DIGESTS: &[&[u8]] = &[b"sha256:", b"sha512:"];

/// Overwrites user and password of each URL, values of its query that may be credentials, and what is assigned to
/// names of passwords.
pub fn mask_credentials(text: &mut [u8]) {
    mask_urls(text);
    encoded::mask(text);
    assigned::mask(text);
}

fn mask_urls(text: &mut [u8]) {
    let mut separators = Separators::new();
    let (mut from, mut end) = (0, 0);
    while let Some((scheme_end, start)) = separators.next(text, from) {
        let opened = token::opening(text, scheme_end);
        let is_secret_alone = is_secret_alone(&text[..scheme_end]);
        let user = user::end(text, start, opened, is_secret_alone);
        let user = user.filter(|end| !is_digest(&text[end + 1..]));
        if let Some(user) = user {
            hide_all(&mut text[start..user]);
            hide_port(&mut text[user..]);
        }
        // A URL within another ends where that does, and its query is a part of that one's.
        if start > end {
            end = query::end(text, start, opened);
            query::mask(&mut text[start..end]);
        }
        from = user.unwrap_or(start);
    }
}

/// Whether a user alone is a secret, behind a scheme.
fn is_secret_alone(before: &[u8]) -> bool {
    !ACCOUNT_SCHEMES.iter().any(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start.is_some_and(|start| before[start..].eq_ignore_ascii_case(scheme))
    })
}

fn is_digest(behind: &[u8]) -> bool {
    DIGESTS.iter().any(|digest| behind.starts_with(digest))
}

/// Hides a text but for where a line of YAML is folded in it: it must remain what can be read.
fn hide_all(text: &mut [u8]) {
    let mut is_fold = false;
    for byte in text {
        is_fold = is_line_end(*byte) || is_fold && matches!(byte, b' ' | b'\t');
        if !is_fold {
            hide(byte);
        }
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Go takes what follows a colon for a port where a password has a slash, and tells it once more.
fn hide_port(after: &mut [u8]) {
    const BEFORE: &[u8] = b"invalid port ";
    const AFTER: &[u8] = b" after host";
    /// That far from the host it is about another URL.
    const NEAR: usize = 1 << 10;
    let near = after.len().min(NEAR);
    let Some(found) = memchr::memmem::find(&after[..near], BEFORE) else {
        return;
    };
    let start = found + BEFORE.len();
    let far = after.len().min(start + user::LONG);
    let Some(length) = memchr::memmem::find(&after[start..far], AFTER) else {
        return;
    };
    let port = &mut after[start..start + length];
    let slashes = port.iter().take_while(|byte| **byte == b'\\').count();
    let is_quoted = port[slashes..].starts_with(b"\":") && port.ends_with(b"\"");
    if is_quoted && !port.contains(&b'\n') {
        let closing = port.len() - slashes - 1;
        if let Some(port) = port.get_mut(slashes + 1..closing) {
            port.iter_mut().for_each(hide);
        }
    }
}

fn hide(byte: &mut u8) {
    if *byte != b':' {
        *byte = b'*';
    }
}
