//! Takes credentials out of URLs, wherever they stand in what is read: in a controller's message
//! as well as in a field. Length and all else stay, so the text remains what it was.

/// What stands before a URL's host.
const BEFORE_HOST: &[u8] = b"://";

/// No user and password are longer, in bytes; what is, is no URL.
const LONGEST: usize = 1024;

/// Names of a query's values that are or may be credentials contain one of these.
const SENSITIVE: &[&str] = &["auth", "cred", "key", "pass", "secret", "sig", "token"];

/// Overwrites user and password of each URL, and values of its query that may be credentials.
///
/// The user of another scheme than HTTP (`ssh://git@...`) is no secret where no password follows.
pub(super) fn mask_urls(text: &mut [u8]) {
    let finder = memchr::memmem::Finder::new(BEFORE_HOST);
    let mut from = 0;
    while let Some(found) = finder.find(&text[from..]) {
        let scheme_end = from + found;
        let start = scheme_end + BEFORE_HOST.len();
        let end = end_of_url(text, start);
        let is_http =
            text[..scheme_end].ends_with(b"http") || text[..scheme_end].ends_with(b"https");
        mask_user(&mut text[start..end], is_http);
        mask_query(&mut text[start..end]);
        from = start;
    }
}

fn end_of_url(text: &[u8], start: usize) -> usize {
    let longest = text.len().min(start + LONGEST);
    let is_end = |byte: &u8| {
        !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\'' | b'\\' | b'<' | b'>' | b'`')
    };
    let length = text[start..longest].iter().position(is_end);
    length.map_or(longest, |length| start + length)
}

fn mask_user(url: &mut [u8], is_http: bool) {
    let mut parts = url.split_mut(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let authority = parts.next().unwrap_or_default();
    let Some(at) = authority.iter().rposition(|byte| *byte == b'@') else {
        return;
    };
    let user = &mut authority[..at];
    if is_http || user.contains(&b':') {
        hide(user);
    }
}

fn mask_query(url: &mut [u8]) {
    let Some(start) = url.iter().position(|byte| *byte == b'?') else {
        return;
    };
    for parameter in url[start + 1..].split_mut(|byte| *byte == b'&') {
        let Some(equals) = parameter.iter().position(|byte| *byte == b'=') else {
            continue;
        };
        let (name, value) = parameter.split_at_mut(equals + 1);
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        if SENSITIVE.iter().any(|word| name.contains(word)) {
            hide(value);
        }
    }
}

fn hide(secret: &mut [u8]) {
    secret
        .iter_mut()
        .filter(|byte| **byte != b':')
        .for_each(|byte| *byte = b'*');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_hidden_and_nothing_else() {
        for (text, masked) in [
            (
                r#""failed to clone 'https://me:s3cret@git.almckay.io/x': denied""#,
                r#""failed to clone 'https://**:******@git.almckay.io/x': denied""#,
            ),
            (
                "https://ghp_token@github.com/a",
                "https://*********@github.com/a",
            ),
            (
                "redis://:hunter2@redis.cache.svc:6379/0",
                "redis://:*******@redis.cache.svc:6379/0",
            ),
            ("ssh://git@github.com/a@b", "ssh://git@github.com/a@b"),
            (
                "Get \"https://s3.almckay.io/b?X-Amz-Signature=abc&list-type=2\": EOF",
                "Get \"https://s3.almckay.io/b?X-Amz-Signature=***&list-type=2\": EOF",
            ),
            (
                "https://a.io and b@c, https://u:p@d",
                "https://a.io and b@c, https://*:*@d",
            ),
            ("://", "://"),
            ("no URL: a@b", "no URL: a@b"),
        ] {
            let mut bytes = text.as_bytes().to_vec();
            mask_urls(&mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), masked);
        }
    }
}
