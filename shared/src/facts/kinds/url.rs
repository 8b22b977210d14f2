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
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
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
        ] {
            assert_eq!(PublicUrl::of(url).0, public);
        }
    }
}
