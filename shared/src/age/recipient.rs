//! A recipient in any of age's forms.

use std::collections::HashSet;
use std::str::FromStr;

use age::EncryptError;
use age_core::format::{FileKey, Stanza};

use super::post_quantum;
use crate::failure::{Failure, Result};

/// Whom a data key is encrypted for.
#[derive(Clone)]
pub struct Recipient {
    text: String,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    X25519(age::x25519::Recipient),
    PostQuantum(Box<post_quantum::Recipient>),
    Ssh(age::ssh::Recipient),
}

impl Recipient {
    /// Reads a public key: `age1...`, `age1pq1...` or an ssh key's line.
    ///
    /// # Errors
    /// When it is malformed, or of a kind that we cannot encrypt for.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let malformed = || Failure::new(format!("malformed age recipient: {}", shown(text)));
        if text.to_ascii_uppercase().contains("AGE-SECRET-KEY-") {
            return Err(
                Failure::new("a private key stands where a public key belongs")
                    .hint("print its public key: flux sops-age keygen -y FILE"),
            );
        }
        let kind = if text.starts_with(post_quantum::RECIPIENT_PREFIX) {
            let key = post_quantum::Recipient::parse(text).ok_or_else(malformed)?;
            Kind::PostQuantum(Box::new(key))
        } else if text.starts_with("age1") && text.matches('1').count() > 1 {
            return Err(Failure::new(format!(
                "recipients of age plugins are not supported: {}",
                shown(text)
            )));
        } else if text.starts_with("age1") {
            Kind::X25519(age::x25519::Recipient::from_str(text).map_err(|_| malformed())?)
        } else if text.starts_with("ssh-") {
            Kind::Ssh(age::ssh::Recipient::from_str(text).map_err(|_| malformed())?)
        } else {
            return Err(malformed());
        };
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }

    /// The public key as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a quantum computer could not open what is encrypted for it.
    pub fn is_post_quantum(&self) -> bool {
        matches!(self.kind, Kind::PostQuantum(_))
    }

    /// Encrypts bytes for this recipient alone, as an armored age file.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn seal(&self, bytes: &[u8]) -> Result<String> {
        use std::io::Write;
        let failed = |_| Failure::new(format!("cannot encrypt for {}", shown(&self.text)));
        let mut out = Vec::new();
        let mut armor =
            age::armor::ArmoredWriter::wrap_output(&mut out, age::armor::Format::AsciiArmor)
                .map_err(failed)?;
        let recipients = std::iter::once(self as &dyn age::Recipient);
        let mut writer = age::Encryptor::with_recipients(recipients)
            .map_err(|_| Failure::new(format!("cannot encrypt for {}", shown(&self.text))))?
            .wrap_output(&mut armor)
            .map_err(failed)?;
        writer.write_all(bytes).map_err(failed)?;
        writer.finish().map_err(failed)?;
        armor.finish().map_err(failed)?;
        // Armor is ASCII.
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}

impl age::Recipient for Recipient {
    fn wrap_file_key(
        &self,
        key: &FileKey,
    ) -> std::result::Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        match &self.kind {
            Kind::X25519(recipient) => recipient.wrap_file_key(key),
            Kind::PostQuantum(recipient) => recipient.wrap_file_key(key),
            Kind::Ssh(recipient) => recipient.wrap_file_key(key),
        }
    }
}

/// The start of a key: post-quantum ones have two thousand characters.
pub fn shown(text: &str) -> String {
    const SHOWN: usize = 72;
    // What is no public key at all may be a private one that was mistyped.
    const UNKNOWN: usize = 8;
    let is_public = text.starts_with("age1") || text.starts_with("ssh-");
    let shown = if is_public { SHOWN } else { UNKNOWN };
    match text.char_indices().nth(shown) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
