//! Takes credentials out of URLs, wherever they stand in what is read: in a controller's message
//! as well as in a field. Length and all else stay, so the text remains what it was.

/// What stands before a URL's host.
const BEFORE_HOST: &[u8] = b"://";

/// `&` as Go writes it in JSON.
const ESCAPED_AMPERSAND: &[u8] = br"\u0026";

/// Names of a query's values that are or may be credentials contain one of these.
const SENSITIVE: &[&str] = &["auth", "cred", "key", "pass", "secret", "sig", "token"];

/// Overwrites user and password of each URL, and values of its query that may be credentials.
///
/// The user of another scheme than HTTP (`ssh://git@...`) is no secret where no password follows.
pub(super) fn mask_urls(text: &mut [u8]) {
    let finder = memchr::memmem::Finder::new(BEFORE_HOST);
    let (mut from, mut end) = (0, 0);
    while let Some(found) = finder.find(&text[from..]) {
        let scheme_end = from + found;
        let start = scheme_end + BEFORE_HOST.len();
        // A URL within another ends where that does, and its query is a part of that one's.
        if start > end {
            end = end_of_url(text, start);
            mask_query(&mut text[start..end]);
        }
        let is_http =
            text[..scheme_end].ends_with(b"http") || text[..scheme_end].ends_with(b"https");
        mask_user(&mut text[start..end], is_http);
        from = start;
    }
}

fn end_of_url(text: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some(byte) = text.get(end) {
        end += match byte {
            b'\\' => match escaped(&text[end..]) {
                Some((code, length)) if is_of_url(code) => length,
                _ => break,
            },
            byte if is_of_url(u32::from(*byte)) => 1,
            _ => break,
        };
    }
    end
}

/// Whether a character may be one of a URL. Those beyond ASCII should not, but passwords have them.
fn is_of_url(code: u32) -> bool {
    let ascii = u8::try_from(code).ok().filter(u8::is_ascii);
    ascii.is_none_or(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\' | b'`'))
}

/// The character that JSON's escape at the start of a text stands for, and how long that is. In JSON
/// within JSON there is more than one backslash.
fn escaped(text: &[u8]) -> Option<(u32, usize)> {
    let slashes = text.iter().position(|byte| *byte != b'\\')?;
    let digits = text[slashes..].strip_prefix(b"u")?.get(..4)?;
    let code = digits.iter().try_fold(0, |code, digit| {
        Some(code * 16 + char::from(*digit).to_digit(16)?)
    })?;
    Some((code, slashes + 5))
}

fn mask_user(url: &mut [u8], is_http: bool) {
    let mut parts = url.split_mut(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let authority = parts.next().unwrap_or_default();
    let Some(at) = authority.iter().rposition(|byte| *byte == b'@') else {
        return;
    };
    let user = &mut authority[..at];
    if is_http || user.contains(&b':') {
        user.iter_mut().for_each(hide);
    }
}

/// Goes through query and fragment, and those of URLs within.
fn mask_query(url: &mut [u8]) {
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

fn hide(byte: &mut u8) {
    if *byte != b':' {
        *byte = b'*';
    }
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
            (
                r#""https://s3.almckay.io/b?list-type=2\u0026X-Amz-Signature=abc\u0026token=\u003cd\u003e\u0026a=b""#,
                r#""https://s3.almckay.io/b?list-type=2\u0026X-Amz-Signature=***\u0026token=*************\u0026a=b""#,
            ),
            (
                r#""{\"url\":\"https://me:a\\u0026b@almckay.io?a=b\\u0026sig=c\"}""#,
                r#""{\"url\":\"https://**:*********@almckay.io?a=b\\u0026sig=*\"}""#,
            ),
            (
                r#""https://me:a\u0026b\u00e9\u003c@git.almckay.io/x\u0022 b@c""#,
                r#""https://**:********************@git.almckay.io/x\u0022 b@c""#,
            ),
            ("https://me:häsli@a.io/ä", "https://**:******@a.io/ä"),
            (
                "https://a.io/?next=https://b.io/?token=c?d&key=e=f&u=https://g:h@i#access_token=j",
                "https://a.io/?next=https://b.io/?token=***&key=***&u=https://*:*@i#access_token=*",
            ),
            ("://", "://"),
            ("no URL: a@b", "no URL: a@b"),
        ] {
            let mut bytes = text.as_bytes().to_vec();
            mask_urls(&mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), masked);
        }
    }

    #[test]
    fn no_url_is_too_long_and_none_is_looked_at_over_and_over() {
        let long = "a".repeat(2000);
        let mut bytes = format!("https://me:{long}@a.io?b={long}&token={long}").into_bytes();
        mask_urls(&mut bytes);
        let masked = String::from_utf8(bytes).unwrap();
        assert_eq!(masked.matches('a').count(), 2001);
        mask_urls(&mut "x://?a=b=".repeat(200_000).into_bytes());
        mask_urls(&mut "&x=://?".repeat(200_000).into_bytes());
    }
}
