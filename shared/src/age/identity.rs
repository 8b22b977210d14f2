//! An identity in any of age's forms: what opens a data key.

use std::str::FromStr;

use age_core::secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::post_quantum;

/// A private key of age's own: X25519 or post-quantum.
#[derive(Clone)]
pub enum Identity {
    /// `AGE-SECRET-KEY-1...`
    X25519(age::x25519::Identity),
    /// `AGE-SECRET-KEY-PQ-1...`
    PostQuantum(Box<post_quantum::Identity>),
}

impl Identity {
    /// Makes a new X25519 identity.
    pub fn generate() -> Self {
        Self::X25519(age::x25519::Identity::generate())
    }

    /// Makes a new post-quantum identity.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate_post_quantum() -> Result<Self, getrandom::Error> {
        Ok(Self::PostQuantum(Box::new(
            post_quantum::Identity::generate()?,
        )))
    }

    /// The private key's text.
    pub fn text(&self) -> Zeroizing<String> {
        match self {
            Self::X25519(identity) => {
                Zeroizing::new(identity.to_string().expose_secret().to_owned())
            }
            Self::PostQuantum(identity) => identity.text(),
        }
    }

    /// The public key's text.
    pub fn recipient(&self) -> String {
        match self {
            Self::X25519(identity) => identity.to_public().to_string(),
            Self::PostQuantum(identity) => identity.recipient().text(),
        }
    }

    /// The identity, as the crate `age` takes it.
    pub(super) fn as_age(&self) -> &dyn age::Identity {
        match self {
            Self::X25519(identity) => identity,
            Self::PostQuantum(identity) => identity.as_ref(),
        }
    }
}

/// Reads one identity.
///
/// # Errors
/// In words that do not show the text, when it is none.
pub fn parse(text: &str) -> Result<Identity, &'static str> {
    if text.starts_with(post_quantum::IDENTITY_PREFIX) {
        return post_quantum::Identity::parse(text)
            .map(|identity| Identity::PostQuantum(Box::new(identity)))
            .ok_or("a post-quantum private key is malformed");
    }
    if text.starts_with("AGE-SECRET-KEY-1") {
        return age::x25519::Identity::from_str(text)
            .map(Identity::X25519)
            .map_err(|_| "a private key is malformed");
    }
    Err(if text.starts_with("age1") {
        "a public key stands where a private key belongs"
    } else if text.starts_with("AGE-PLUGIN-") {
        "identities of age plugins are not supported"
    } else if text.trim_start().starts_with("AGE-SECRET-KEY-") {
        "a private key does not start its line"
    } else if text.contains("PRIVATE KEY-----") {
        "an ssh key stands among age keys: name it in SOPS_AGE_SSH_PRIVATE_KEY_FILE"
    } else {
        "a line is no identity"
    })
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}
