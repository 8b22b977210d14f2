//! Takes credentials out of URLs, wherever they stand in what is read: in a controller's message
//! as well as in a field. Length and all else stay, so the text remains what it was.
//!
//! Passwords have any characters, also those that no URL may have: what cannot be host and port is hidden up to the
//! last `@`. Rather too much is hidden than a part of a password shown.

mod query;
#[cfg(test)]
mod tests;
mod token;
mod user;

/// What stands before a URL's host.
const BEFORE_HOST: &[u8] = b"://";

/// Overwrites user and password of each URL, and values of its query that may be credentials.
///
/// The user of another scheme than HTTP (`ssh://git@...`) is no secret where no password follows.
pub fn mask_urls(text: &mut [u8]) {
    let finder = memchr::memmem::Finder::new(BEFORE_HOST);
    let (mut from, mut end) = (0, 0);
    while let Some(found) = finder.find(&text[from..]) {
        let scheme_end = from + found;
        let start = scheme_end + BEFORE_HOST.len();
        let opened = token::opening(text, scheme_end);
        let scheme = &text[..scheme_end];
        let is_http = scheme.ends_with(b"http") || scheme.ends_with(b"https");
        let user = user::end(text, start, opened, is_http);
        if let Some(user) = user {
            text[start..user].iter_mut().for_each(hide);
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
