//! The ways in which formats write what is in a URL, and what its scheme and its query tell.

use super::masked;

#[test]
fn a_url_is_one_however_it_is_written() {
    for (text, hidden) in [
        (
            r#""https:\/\/me:hunter2@git.almckay.io\/x""#,
            r#""https:\/\/**:*******@git.almckay.io\/x""#,
        ),
        (
            r#""https\u003a//me:hunter2@git.almckay.io""#,
            r#""https\u003a//**:*******@git.almckay.io""#,
        ),
        (
            r#""https:\u002F\u002fme:hunter2@git.almckay.io""#,
            r#""https:\u002F\u002f**:*******@git.almckay.io""#,
        ),
        (
            r#"message: "at 'https:\x2f/me:hunter2@git.almckay.io/x': denied""#,
            r#"message: "at 'https:\x2f/**:*******@git.almckay.io/x': denied""#,
        ),
        (
            r#""said: {\"error\":\"no mirror https:\\/\\/me:hunter2@git.almckay.io\\/x\"}""#,
            r#""said: {\"error\":\"no mirror https:\\/\\/**:*******@git.almckay.io\\/x\"}""#,
        ),
        (
            r#""redis:/\/:hunter2\u0040redis:6379""#,
            r#""redis:/\/:*******\u0040redis:6379""#,
        ),
        (
            r#""ssh://me\u003ahunter2@git.almckay.io""#,
            r#""ssh://***************@git.almckay.io""#,
        ),
        (
            r#""path: a:\/b c:\/ me@almckay.io""#,
            r#""path: a:\/b c:\/ me@almckay.io""#,
        ),
    ] {
        assert_eq!(masked(text), hidden);
    }
}

#[test]
fn yaml_may_be_folded_within_a_password() {
    let folded = "  message: 'cannot parse \"postgres://app:correct horse\n      hunter2@db:5432/app\": denied'\n";
    let hidden = "  message: 'cannot parse \"postgres://***:*************\n      *******@db:5432/app\": denied'\n";
    assert_eq!(masked(folded), hidden);
    // What was cut has no end of its quotes.
    let cut = "  message: 'cannot parse \"postgres://app:a b'\n  owner: me@almckay.io\n";
    assert_eq!(masked(cut), cut);
}

#[test]
fn a_lone_user_may_be_a_token() {
    for scheme in ["https", "HTTPS", "git+https", "nats", "tls", "wss"] {
        let shown = masked(&format!("at {scheme}://ghp_token@almckay.io/a"));
        assert_eq!(shown, format!("at {scheme}://*********@almckay.io/a"));
    }
    for text in [
        "docker-pullable://nginx@sha256:0123",
        "postgres://app@db:5432/app",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn values_of_queries_are_hidden_by_their_names() {
    for name in ["pwd", "code", "jwt", "sas", "otp", "auth_code", "X-Sas"] {
        let shown = masked(&format!(
            r#""https://a.io/?a=b&{name}=c\u0026d=e&{name}\u003df""#
        ));
        assert_eq!(
            shown,
            format!(r#""https://a.io/?a=b&{name}=*\u0026d=e&{name}\u003d*""#)
        );
    }
    let text = "https://a.io/?encoding=utf8&protocol=http&sasl=plain";
    assert_eq!(masked(text), text);
}
