//! Who we are to a cluster: a user of the kubeconfig, with what the flags change in it.

use ::kube::config::{AuthInfo, Kubeconfig};
use secrecy::ExposeSecret;

use super::connection::Connection;
use super::context::text;
use crate::failure::{Failure, Result};

/// A context without a user is no error: its server may let anybody in.
pub(super) fn find_user(
    all: &Kubeconfig,
    name: Option<&str>,
    flags: &Connection,
) -> Result<AuthInfo> {
    let found = all
        .auth_infos
        .iter()
        .find(|user| Some(user.name.as_str()) == name);
    match (
        found.map(|user| user.auth_info.clone().unwrap_or_default()),
        name.filter(|name| !name.is_empty()),
    ) {
        (Some(user), _) => Ok(user),
        (None, Some(name)) if flags.token.is_none() && flags.client_certificate.is_none() => Err(
            Failure::new(format!("the kubeconfig has no such user: {name}"))
                .hint("compare the contexts and users of kubectl config view"),
        ),
        (None, _) => Ok(AuthInfo::default()),
    }
}

/// Applies the flags about the user. A token goes before all other ways to say who one is.
pub(super) fn change_user(user: &mut AuthInfo, flags: &Connection) {
    if let Some(token) = &flags.token {
        user.token = Some(token.clone());
        user.token_file = None;
        user.username = None;
        user.password = None;
        user.auth_provider = None;
        user.exec = None;
    }
    if let Some(path) = &flags.client_certificate {
        user.client_certificate = Some(text(path));
        user.client_certificate_data = None;
    }
    if let Some(path) = &flags.client_key {
        user.client_key = Some(text(path));
        user.client_key_data = None;
    }
    if flags.impersonate.is_some() {
        user.impersonate.clone_from(&flags.impersonate);
        user.impersonate_groups = None;
        user.impersonate_user_extra = None;
        user.impersonate_uid = None;
    }
    if !flags.impersonate_groups.is_empty() {
        user.impersonate_groups = Some(flags.impersonate_groups.clone());
    }
    if flags.impersonate_uid.is_some() {
        user.impersonate_uid.clone_from(&flags.impersonate_uid);
    }
}

/// Reads a user as kubectl does: what is empty is not there, and space around a token is none of it.
///
/// # Errors
/// When no request can carry the token.
pub(super) fn tidy(user: &mut AuthInfo) -> Result<()> {
    for field in [
        &mut user.client_certificate,
        &mut user.client_certificate_data,
        &mut user.client_key,
        &mut user.token_file,
        &mut user.username,
    ] {
        field.take_if(|text| text.is_empty());
    }
    for field in [&mut user.client_key_data, &mut user.password] {
        field.take_if(|text| text.expose_secret().is_empty());
    }
    if let Some(token) = user.token.take() {
        let token = token.expose_secret().trim();
        if http::HeaderValue::from_str(token).is_err() {
            return Err(Failure::new(
                "the token holds characters that no token has, such as a line end",
            )
            .hint("check the token of the kubeconfig's user, or --token"));
        }
        user.token = (!token.is_empty()).then(|| token.to_owned().into());
    }
    Ok(())
}
