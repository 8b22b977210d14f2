//! What is hidden of texts that hold URLs, and what stays.

mod beyond;
mod written;

use super::mask_credentials;

fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    mask_credentials(&mut bytes);
    assert_eq!(bytes.len(), text.len());
    String::from_utf8(bytes).unwrap()
}

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
        // Quotes that the text has of its own, and such as are a part of a password.
        (
            "at 'https://a.io','b@c' and `https://a.io`,b@c",
            "at 'https://a.io','b@c' and `https://a.io`,b@c",
        ),
        (
            "at 'https://me:it's@git.almckay.io': denied",
            "at 'https://**:****@git.almckay.io': denied",
        ),
        (r#""https://me:a\"b@c""#, r#""https://**:****@c""#),
        (
            r#""see \"at https://me\", b@c or https://me:a\"b@c""#,
            r#""see \"at https://me\", b@c or https://**:****@c""#,
        ),
        (
            r#"{"a":"https://me:a\\b\"c@d"}"#,
            r#"{"a":"https://**:*******@d"}"#,
        ),
        (
            "https://a.io/?token=it's&a=b 'https://a.io/?token=a'",
            "https://a.io/?token=****&a=b 'https://a.io/?token=*'",
        ),
        // What ends a host, in a password.
        (
            r#""parse \"redis://:a#b/c@redis:6379/0\": invalid port \":a\" after host""#,
            r#""parse \"redis://:*****@redis:6379/0\": invalid port \":*\" after host""#,
        ),
        (
            "oci://registry:5000/app@sha256:0123 https://[::1]:80/@a mongodb://a:1,b:2/?x=c@d",
            "oci://registry:5000/app@sha256:0123 https://[::1]:80/@a mongodb://a:1,b:2/?x=c@d",
        ),
        (
            r#""Get \"https://a.io/x y\" of https://b.io:8080/@c""#,
            r#""Get \"https://a.io/x y\" of https://b.io:8080/@c""#,
        ),
        (
            r#""https://a.io:6443: timeout, ask b@c""#,
            r#""https://a.io:6443: timeout, ask b@c""#,
        ),
        ("://", "://"),
        ("no URL: a@b", "no URL: a@b"),
    ] {
        assert_eq!(self::masked(text), masked);
    }
}

#[test]
fn no_url_is_too_long_and_none_is_looked_at_over_and_over() {
    let long = "a".repeat(2000);
    let mut bytes = format!("https://me:{long}@a.io?b={long}&token={long}").into_bytes();
    mask_credentials(&mut bytes);
    let masked = String::from_utf8(bytes).unwrap();
    assert_eq!(masked.matches('a').count(), 2001);
    mask_credentials(&mut "x://?a=b=".repeat(200_000).into_bytes());
    mask_credentials(&mut "&x=://?".repeat(200_000).into_bytes());
    mask_credentials(&mut "x://a:b/".repeat(200_000).into_bytes());
    mask_credentials(&mut "x://a:p@invalid port ".repeat(50_000).into_bytes());
    mask_credentials(&mut r"x://a:\\".repeat(200_000).into_bytes());
    mask_credentials(&mut format!("x://{}@", "a:b'".repeat(200_000)).into_bytes());
    mask_credentials(&mut r":\/\/a:".repeat(20_000).into_bytes());
    mask_credentials(&mut "\\".repeat(2_000_000).into_bytes());
    mask_credentials(&mut format!(":{0}/{0}", r"\".repeat(1_000_000)).into_bytes());
    let far = format!(r":{}/\/", r"\".repeat(1_000_000));
    mask_credentials(&mut ("x://a ".repeat(20_000) + &far).into_bytes());
    mask_credentials(&mut r"x://?token=:\/\/".repeat(100_000).into_bytes());
    mask_credentials(&mut "\"x://a:b\n ".repeat(200_000).into_bytes());
}

/// Text as Go quotes it (`%q`).
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter => out.push(letter),
        }
    }
    out + "\""
}

fn json(text: &str) -> String {
    // Go's own writer escapes these, too.
    let json = serde_json::to_string(text).unwrap();
    [('&', "\\u0026"), ('<', "\\u003c"), ('>', "\\u003e")]
        .into_iter()
        .fold(json, |json, (letter, escape)| json.replace(letter, escape))
}

/// Every pair of characters that a password may have between its words, in each of the ways in which messages and
/// fields have URLs: the words are never seen, and the text can be read.
#[test]
fn no_part_of_a_password_is_shown_whatever_is_in_it() {
    const ODD: &[&str] = &[
        "", "'", "\"", "\\", "`", ":", "/", "?", "#", "@", "&", "=", "%", "$", "<", ">", "[", "]",
        "(", "{", "}", ",", ";", "!", "*", "|", "^", "~", "+", "é", "鍵", "n", "u0026", "\n", "\t",
        " ",
    ];
    let texts = |url: &str| {
        let go = format!("parse {}: net/url: invalid userinfo", quoted(url));
        let git = format!("unable to access '{url}': denied");
        [
            (json(url), true),
            (json(&go), true),
            (json(&json(&go)), true),
            (
                format!("{{\"a\":{}}}", json(&format!("{{\"url\":{}}}", json(url)))),
                true,
            ),
            (json(&git), false),
            (json(&json(&git)), false),
            (json(&format!("cannot reach {url} now")), false),
            (json(&format!("({url}), {url}.")), false),
        ]
    };
    for (one, other) in ODD
        .iter()
        .flat_map(|one| ODD.iter().map(move |other| (one, other)))
    {
        let password = format!("hunter{one}{other}canary");
        let url = format!("https://me:{password}@git.almckay.io/x");
        for (text, is_quoted) in texts(&url) {
            // Where a text has no quotes of its own around a URL, a space ends it.
            if !is_quoted && password.contains(' ') {
                continue;
            }
            let masked = masked(&text);
            assert!(
                !masked.contains("hunter") && !masked.contains("canary"),
                "{text}\n{masked}"
            );
            assert!(masked.contains("@git.almckay.io/x"), "{text}\n{masked}");
            let read: Result<serde_json::Value, _> = serde_json::from_str(&masked);
            assert!(read.is_ok(), "{text}\n{masked}");
        }
    }
}
