//! A URL as it may be shown.

use serde::{Deserialize, Deserializer, Serialize};

/// A URL without user, password and query: those may be credentials.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PublicUrl(pub String);

impl PublicUrl {
    /// Strips what may be secret: all but the scheme where nobody can tell that.
    pub fn of(url: &str) -> Self {
        let Some((scheme, rest)) = url.split_once("://") else {
            return Self(without_query(url).to_owned());
        };
        let Some((user, place)) = split_user(rest) else {
            return Self(format!("{scheme}://"));
        };
        let place = without_query(place);
        match user {
            // The user of an ssh URL is the server's, no secret.
            Some(user) if scheme == "ssh" && !user.contains(':') => {
                Self(format!("{scheme}://{user}@{place}"))
            }
            _ => Self(format!("{scheme}://{place}")),
        }
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The user, and host and path behind it. Passwords have characters that no URL may have: what can be no host and port
/// ends at the last `@`, and what may be both is neither.
fn split_user(rest: &str) -> Option<(Option<&str>, &str)> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    let is_more_behind = after.contains('@');
    match authority.rsplit_once('@') {
        Some((user, _)) if is_more_behind && user.contains(':') => None,
        Some((user, host)) if is_host_and_port(host) => Some((Some(user), &rest[user.len() + 1..])),
        None if is_host_and_port(authority) => {
            let is_path = after.starts_with('/') || !is_more_behind;
            is_path.then_some((None, rest))
        }
        _ => {
            let (user, place) = rest.rsplit_once('@')?;
            let host = place.split(['/', '?', '#']).next().unwrap_or_default();
            is_host_and_port(host).then_some((Some(user), place))
        }
    }
}

/// Whether a text can be all of an authority.
fn is_host_and_port(authority: &str) -> bool {
    let text = without_variables(authority);
    let bracketed = text.strip_prefix('[').and_then(|text| text.split_once(']'));
    let port = match bracketed {
        Some((_, rest)) => rest.strip_prefix(':'),
        None => text.split_once(':').map(|(_, port)| port),
    };
    port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A text without `${...}`, which Flux fills in.
fn without_variables(text: &str) -> String {
    let mut parts = text.split("${");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((_, behind)) => rest.push_str(behind),
            None => rest.extend(["${", part]),
        }
    }
    rest
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let url = String::deserialize(deserializer)?;
        Ok(Self::of(&url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_stripped() {
        for (url, public) in [
            (
                "https://me:s3cret@git.almckay.io/x?token=t",
                "https://git.almckay.io/x",
            ),
            (
                "ssh://git@github.com/almckay/gitops",
                "ssh://git@github.com/almckay/gitops",
            ),
            ("https://charts.jetstack.io", "https://charts.jetstack.io"),
            ("my-bucket", "my-bucket"),
            (
                "https://me:s3/cr@et@git.almckay.io/x",
                "https://git.almckay.io/x",
            ),
            (
                "oci://ghcr.io:443/almckay/app@sha256:0a",
                "oci://ghcr.io:443/almckay/app@sha256:0a",
            ),
            ("https://[fd00::1]/a@b", "https://[fd00::1]/a@b"),
            (
                "https://me:hunter2#x@k8s.almckay.io:6443/a?b",
                "https://k8s.almckay.io:6443/a",
            ),
            (
                "https://me:hunter2?x@[fd00::1]:6443",
                "https://[fd00::1]:6443",
            ),
            (
                "https://${DOMAIN:=almckay.io}:${PORT}/apps",
                "https://${DOMAIN:=almckay.io}:${PORT}/apps",
            ),
            // Who knows where the password ends?
            ("https://me:hunter#2", "https://"),
            ("https://me:hunt@er#2@git.almckay.io", "https://"),
            ("https://hunter#2@git.almckay.io", "https://"),
        ] {
            assert_eq!(PublicUrl::of(url).0, public);
        }
    }
}
