//! What an answer of the API server means that is no success.

use http::StatusCode;
use serde::Deserialize;

use crate::kube::refusal::Refusal;
use crate::mask::mask_credentials;
use crate::protobuf::{MAGIC, Reader};

/// What an error of the API is made of; proxies in between answer with anything.
#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    message: String,
}

/// The longest message of a server that is worth repeating, in characters.
const LONGEST: usize = 300;

/// What an answer means that is no success.
pub(in crate::kube) fn status_refusal(status: StatusCode, body: &[u8]) -> Refusal {
    refusal(status, shown(&told(body).unwrap_or_default()))
}

/// What a server says, without the credentials that it may repeat: webhooks, aggregated APIs and proxies write it too.
pub(super) fn shown(why: &str) -> String {
    let mut masked = why.as_bytes().to_vec();
    mask_credentials(&mut masked);
    let masked = String::from_utf8_lossy(&masked);
    masked.chars().take(LONGEST).collect()
}

/// The message of an error, in the form that was asked for: in protobuf it is 3 of 2.
fn told(body: &[u8]) -> Option<String> {
    let Some(answer) = body.strip_prefix(MAGIC) else {
        let status: Status = serde_json::from_slice(body).ok()?;
        return Some(status.message);
    };
    let status = Reader(answer).find(2).ok()??;
    let message = Reader(status).find(3).ok()??;
    String::from_utf8(message.to_vec()).ok()
}

/// What a status that came amid a watch means.
pub(in crate::kube) fn code_refusal(code: u16, why: &str) -> Refusal {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    refusal(status, shown(why))
}

fn refusal(status: StatusCode, why: String) -> Refusal {
    let code = status.as_u16();
    let numbered = if why.is_empty() {
        status.to_string()
    } else {
        format!("{code}: {why}")
    };
    match code {
        401 => Refusal::Unauthorized(numbered),
        403 if why.is_empty() => Refusal::Forbidden(numbered),
        403 => Refusal::Forbidden(why),
        404 => Refusal::NotFound(numbered),
        409 if why.is_empty() => Refusal::Conflict(numbered),
        409 => Refusal::Conflict(why),
        410 => Refusal::Gone(numbered),
        408 | 429 | 504 => Refusal::Timeout(numbered),
        502 | 503 => Refusal::Unreachable(numbered),
        _ => Refusal::Unreadable(numbered),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_in_both_forms() {
        let json = br#"{"kind":"Status","message":"pods is forbidden"}"#;
        assert_eq!(told(json).as_deref(), Some("pods is forbidden"));
        let protobuf = b"k8s\0\x0a\x0c\x0a\x02v1\x12\x06Status\x12\x0b\x12\x02no\x1a\x05never";
        assert_eq!(told(protobuf).as_deref(), Some("never"));
        assert_eq!(told(b"k8s\0\x12\x7f"), None);
        assert_eq!(told(b"<html>"), None);
    }

    #[test]
    fn what_a_server_says_is_told_without_the_passwords_in_it() {
        let said = r#"calling webhook "https://me:hunter2@policy.auth.svc/": EOF"#;
        let hidden = r#"500: calling webhook "https://**:*******@policy.auth.svc/": EOF"#;
        let body = serde_json::json!({"message": said}).to_string();
        for refusal in [
            status_refusal(StatusCode::INTERNAL_SERVER_ERROR, body.as_bytes()),
            code_refusal(500, said),
        ] {
            assert!(matches!(refusal, Refusal::Unreadable(why) if why == hidden));
        }
    }
}
