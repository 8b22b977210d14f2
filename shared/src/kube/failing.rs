//! What the errors of the layers below us mean, in few words and without secrets.

use std::error::Error as StdError;

use ::kube::client::AuthError;
use ::kube::config::ExecConfig;
use http::StatusCode;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::facts::kinds::url::PublicUrl;
use crate::failure::{Failure, io};
use crate::protobuf::{MAGIC, Reader};

/// Why a client could not be made.
pub(super) fn client_failure(error: &::kube::Error, plugin: Option<&ExecConfig>) -> Failure {
    if let ::kube::Error::ProxyProtocolUnsupported { proxy_url } = error {
        let proxy = PublicUrl::of(&proxy_url.to_string()).0;
        return Failure::new(format!("proxies of this kind are not known here: {proxy}"))
            .hint("http, https and socks5 are known");
    }
    let Some(auth) = auth_error(error) else {
        return Failure::new(format!("cannot use the kubeconfig: {}", innermost(error)));
    };
    let failure = Failure::new(auth_message(auth, plugin));
    match plugin.and_then(|plugin| plugin.install_hint.clone()) {
        Some(hint) if matches!(auth, AuthError::AuthExecStart(_)) => failure.hint(hint.trim()),
        _ => failure.hint("log in again, or check the user of the kubeconfig's context"),
    }
}

fn auth_error(error: &::kube::Error) -> Option<&AuthError> {
    let mut link: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = link {
        if let Some(auth) = error.downcast_ref::<AuthError>() {
            return Some(auth);
        }
        link = error.source();
    }
    None
}

/// kube's own messages hold a plugin's arguments and output, and those may hold credentials.
fn auth_message(error: &AuthError, plugin: Option<&ExecConfig>) -> String {
    let command = plugin
        .and_then(|plugin| plugin.command.as_deref())
        .unwrap_or_default();
    match error {
        AuthError::AuthExecStart(error) => {
            format!("cannot run the credential plugin {command}: {}", io(error))
        }
        AuthError::AuthExecRun { out, .. } => {
            format!("the credential plugin {command} failed: {}", out.status)
        }
        AuthError::AuthExecParse(_) | AuthError::ExecPluginFailed => {
            format!("the credential plugin {command} gave no credentials")
        }
        AuthError::ReadTokenFile(error, path) => {
            format!(
                "cannot read the token file: {}: {}",
                io(error),
                path.display()
            )
        }
        other => format!("cannot use the kubeconfig's credentials: {other}"),
    }
}

/// Why a request got no answer at all.
pub(super) fn send_refusal(error: &::kube::Error) -> Refusal {
    if let Some(auth) = auth_error(error) {
        return Refusal::Unauthorized(auth_message(auth, None));
    }
    let why = innermost(error);
    if is_cut_short(&why) {
        return Refusal::Unreadable(format!("the answer ended early: {why}"));
    }
    Refusal::Unreachable(why)
}

fn is_cut_short(why: &str) -> bool {
    [
        "end of file",
        "unexpected EOF",
        "connection closed before message completed",
        "connection reset",
        "broken pipe",
    ]
    .iter()
    .any(|text| why.contains(text))
}

/// The error that all others only wrap: the only one that says what happened.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut link = error;
    while let Some(source) = link.source() {
        link = source;
    }
    link.downcast_ref().map_or_else(|| link.to_string(), io)
}

/// What an error of the API is made of; proxies in between answer with anything.
#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    message: String,
}

/// The longest message of a server that is worth repeating, in characters.
const LONGEST: usize = 300;

/// What an answer means that is no success.
pub(super) fn status_refusal(status: StatusCode, body: &[u8]) -> Refusal {
    let why = told(body).unwrap_or_default();
    let why = why.chars().take(LONGEST).collect();
    refusal(status, why)
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
pub(super) fn code_refusal(code: u16, why: &str) -> Refusal {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    refusal(status, why.chars().take(LONGEST).collect())
}

/// Why a watch broke off.
pub(super) fn watch_refusal(error: &::kube::Error) -> Refusal {
    match error {
        ::kube::Error::Api(status) => code_refusal(status.code, &status.message),
        error => send_refusal(error),
    }
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
    fn a_connection_that_breaks_amid_an_answer_is_worth_another_try() {
        for kind in [
            std::io::ErrorKind::ConnectionReset,
            std::io::ErrorKind::BrokenPipe,
            std::io::ErrorKind::UnexpectedEof,
        ] {
            assert!(is_cut_short(&io(&kind.into())), "{kind}");
        }
    }

    #[test]
    fn a_proxy_is_shown_without_its_password() {
        let proxy_url = "ftp://me:hunter2@proxy.almckay.io:21".parse();
        let error = ::kube::Error::ProxyProtocolUnsupported {
            proxy_url: Box::new(proxy_url.unwrap()),
        };
        let said = client_failure(&error, None).to_string();
        assert!(said.ends_with("ftp://proxy.almckay.io:21/"), "{said}");
    }

    #[test]
    fn an_error_is_told_in_both_forms() {
        let json = br#"{"kind":"Status","message":"pods is forbidden"}"#;
        assert_eq!(told(json).as_deref(), Some("pods is forbidden"));
        let protobuf = b"k8s\0\x0a\x0c\x0a\x02v1\x12\x06Status\x12\x0b\x12\x02no\x1a\x05never";
        assert_eq!(told(protobuf).as_deref(), Some("never"));
        assert_eq!(told(b"k8s\0\x12\x7f"), None);
        assert_eq!(told(b"<html>"), None);
    }
}
