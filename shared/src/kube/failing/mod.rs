//! What the errors of the layers below us mean, in few words and without secrets.

mod status;

use std::error::Error as StdError;

use ::kube::client::AuthError;
use ::kube::config::ExecConfig;

use super::refusal::Refusal;
use crate::facts::kinds::url::PublicUrl;
use crate::failure::{Failure, io};
use status::shown;
pub(super) use status::{code_refusal, status_refusal};

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
    let why = shown(&innermost(error));
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

/// Why a watch broke off.
pub(super) fn watch_refusal(error: &::kube::Error) -> Refusal {
    match error {
        ::kube::Error::Api(status) => code_refusal(status.code, &status.message),
        error => send_refusal(error),
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
}
