//! A URL as it may be shown.

use serde::{Deserialize, Deserializer, Serialize};

/// A URL without user, password and query: those may be credentials.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PublicUrl(pub String);

impl PublicUrl {
    /// Strips what may be secret.
    pub fn of(url: &str) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let Some((scheme, rest)) = url.split_once("://") else {
            return Self(url.to_owned());
        };
        let mut end = rest.find('/').unwrap_or(rest.len());
        if !is_host_and_port(&rest[..end])
            && let Some(at) = rest.rfind('@')
        {
            // The password has a slash in it.
            end = rest[at..].find('/').map_or(rest.len(), |slash| at + slash);
        }
        let (authority, path) = rest.split_at(end);
        let host = match authority.rsplit_once('@') {
            // The user of an ssh URL is the server's, no secret.
            Some((user, host)) if scheme == "ssh" && !user.contains(':') => {
                return Self(format!("{scheme}://{user}@{host}{path}"));
            }
            Some((_, host)) => host,
            None => authority,
        };
        Self(format!("{scheme}://{host}{path}"))
    }
}

/// Whether the part of a URL before the first slash can be all of its authority.
fn is_host_and_port(authority: &str) -> bool {
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    authority.contains('@')
        || authority.ends_with(']')
        || port.bytes().all(|byte| byte.is_ascii_digit())
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
        ] {
            assert_eq!(PublicUrl::of(url).0, public);
        }
    }
}
