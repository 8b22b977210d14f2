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
/// When no request can carry the token, or a group or uid is to be acted as without a user.
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
    for field in [&mut user.impersonate, &mut user.impersonate_uid] {
        field.take_if(|text| text.is_empty());
    }
    let acts_as_more = user.impersonate_uid.is_some()
        || user.impersonate_groups.iter().flatten().next().is_some()
        || user
            .impersonate_user_extra
            .iter()
            .flatten()
            .next()
            .is_some();
    if acts_as_more && user.impersonate.is_none() {
        // A server takes such a request as our own.
        return Err(
            Failure::new("there is a group or a uid to act as, but no user").hint("add --as USER"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_acts_as_a_group_or_uid_without_a_user() {
        let told = |flags: &Connection| {
            let mut user = AuthInfo::default();
            change_user(&mut user, flags);
            tidy(&mut user).map_err(|failure| failure.to_string())
        };
        let mut flags = Connection {
            impersonate_groups: vec!["platform-admins".to_owned()],
            ..Connection::default()
        };
        let why = Err("there is a group or a uid to act as, but no user".to_owned());
        assert_eq!(told(&flags), why);
        flags.impersonate = Some(String::new());
        assert_eq!(told(&flags), why);
        flags.impersonate = Some("flux".to_owned());
        assert_eq!(told(&flags), Ok(()));
        flags = Connection {
            impersonate_uid: Some("1000".to_owned()),
            ..Connection::default()
        };
        assert_eq!(told(&flags), why);
    }

    #[test]
    fn what_no_flag_changes_stays_as_the_kubeconfig_has_it() {
        let mut user = AuthInfo {
            impersonate: Some("flux".to_owned()),
            impersonate_groups: Some(vec!["platform-admins".to_owned()]),
            ..AuthInfo::default()
        };
        let flags = Connection {
            impersonate: Some("argocd".to_owned()),
            ..Connection::default()
        };
        change_user(&mut user, &flags);
        assert_eq!(user.impersonate.as_deref(), Some("argocd"));
        assert!(user.impersonate_groups.is_some());
    }
}
