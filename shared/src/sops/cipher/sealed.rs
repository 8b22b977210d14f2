//! `ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]`, taken apart.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::sops::scalar::Type;

/// Why a value could not be decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not in the form of an encrypted value.
    NotEncrypted,
    /// It names a type that we do not know, or is no valid base64.
    Malformed,
    /// The key, the path or the text is not the one it was encrypted with.
    Forged,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotEncrypted => "it is not encrypted",
            Self::Malformed => "its ciphertext is malformed",
            Self::Forged => "its ciphertext was made for another place or was changed",
        })
    }
}

/// The parts of an encrypted value.
pub(super) struct Sealed {
    pub(super) data: Vec<u8>,
    pub(super) nonce: Vec<u8>,
    pub(super) tag: Vec<u8>,
    pub(super) kind: Type,
}

impl Sealed {
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let inner = text
            .strip_prefix("ENC[AES256_GCM,data:")
            .ok_or(Unreadable::NotEncrypted)?;
        // As sops's expression: what follows the first bracket after the type is ignored.
        let parts = inner.split_once(",iv:").and_then(|(data, rest)| {
            let (nonce, rest) = rest.split_once(",tag:")?;
            let (tag, rest) = rest.split_once(",type:")?;
            let (kind, _) = rest.split_once(']')?;
            Some((data, nonce, tag, kind))
        });
        let (data, nonce, tag, kind) = parts.ok_or(Unreadable::NotEncrypted)?;
        let decode = |part| {
            BASE64_STANDARD
                .decode(part)
                .map_err(|_| Unreadable::Malformed)
        };
        Ok(Self {
            data: decode(data)?,
            nonce: decode(nonce)?,
            tag: decode(tag)?,
            kind: Type::of(kind).ok_or(Unreadable::Malformed)?,
        })
    }
}

/// Whether the text has the form of an encrypted value.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with("ENC[AES256_GCM,data:") && text.ends_with(']')
}
