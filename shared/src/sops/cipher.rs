//! The data key, and `ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]`: one value encrypted under it.

use std::collections::HashMap;

use aes_gcm::aead::consts::{U8, U12, U16, U24, U32};
use aes_gcm::aead::generic_array::{ArrayLength, GenericArray};
use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{AesGcm, aes::Aes256};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::scalar::Type;
use crate::secret::Secret;

/// Bytes of a data key.
pub const KEY: usize = 32;
/// Bytes of the initialization vectors that we write.
const NONCE: usize = 32;

/// The key that a file's values are encrypted with, itself encrypted for each recipient.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; KEY]>);

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

impl DataKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut key = Zeroizing::new([0; KEY]);
        getrandom::fill(key.as_mut_slice())?;
        Ok(Self(key))
    }

    /// The key of these bytes; none where they are not 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// Decrypts a value that was encrypted under `aad`, its place. An empty string is empty.
    ///
    /// # Errors
    /// When it is not such a value, or not of this key and place.
    pub fn open(&self, text: &str, aad: &str) -> Result<Opened, Unreadable> {
        let sealed = Sealed::parse(text)?;
        let mut data = Zeroizing::new(sealed.data);
        match sealed.nonce.len() {
            8 => self.open_with::<U8>(&sealed.nonce, aad, &mut data, &sealed.tag),
            12 => self.open_with::<U12>(&sealed.nonce, aad, &mut data, &sealed.tag),
            16 => self.open_with::<U16>(&sealed.nonce, aad, &mut data, &sealed.tag),
            24 => self.open_with::<U24>(&sealed.nonce, aad, &mut data, &sealed.tag),
            NONCE => self.open_with::<U32>(&sealed.nonce, aad, &mut data, &sealed.tag),
            _ => Err(Unreadable::Malformed),
        }?;
        Ok(Opened {
            kind: sealed.kind,
            text: std::mem::take(&mut *data).into(),
            nonce: sealed.nonce,
        })
    }

    fn open_with<N: ArrayLength<u8>>(
        &self,
        nonce: &[u8],
        aad: &str,
        data: &mut [u8],
        tag: &[u8],
    ) -> Result<(), Unreadable> {
        let tag: [u8; 16] = tag.try_into().map_err(|_| Unreadable::Malformed)?;
        AesGcm::<Aes256, N>::new(self.bytes().into())
            .decrypt_in_place_detached(
                GenericArray::from_slice(nonce),
                aad.as_bytes(),
                data,
                &tag.into(),
            )
            .map_err(|_| Unreadable::Forged)
    }

    /// Encrypts a value under `aad`, its place.
    ///
    /// # Errors
    /// When the system has no randomness, or the value is too long for the cipher (64 GiB).
    pub fn seal(
        &self,
        kind: Type,
        text: &Secret,
        aad: &str,
        nonces: &Nonces,
    ) -> Result<String, getrandom::Error> {
        let nonce = match nonces.get(kind, text, aad) {
            Some(nonce) => nonce,
            None => {
                let mut nonce = [0; NONCE];
                getrandom::fill(&mut nonce)?;
                nonce
            }
        };
        let mut data = text.bytes().to_vec();
        let tag = AesGcm::<Aes256, U32>::new(self.bytes().into())
            .encrypt_in_place_detached(&nonce.into(), aad.as_bytes(), &mut data)
            .map_err(|_| getrandom::Error::UNEXPECTED)?;
        let mut out = String::with_capacity(data.len() * 4 / 3 + 128);
        out.push_str("ENC[AES256_GCM,data:");
        BASE64_STANDARD.encode_string(&data, &mut out);
        out.push_str(",iv:");
        BASE64_STANDARD.encode_string(nonce, &mut out);
        out.push_str(",tag:");
        BASE64_STANDARD.encode_string(tag, &mut out);
        out.push_str(",type:");
        out.push_str(kind.name());
        out.push(']');
        Ok(out)
    }
}

/// A decrypted value.
pub struct Opened {
    /// What it is.
    pub kind: Type,
    /// Its text.
    pub text: Secret,
    nonce: Vec<u8>,
}

/// The parts of an encrypted value.
struct Sealed {
    data: Vec<u8>,
    nonce: Vec<u8>,
    tag: Vec<u8>,
    kind: Type,
}

impl Sealed {
    fn parse(text: &str) -> Result<Self, Unreadable> {
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

/// The vectors that values were decrypted with: a value that did not change keeps its own, and so its
/// ciphertext does not change either, as in sops.
#[derive(Default)]
pub struct Nonces(HashMap<String, Vec<(Type, Secret, [u8; NONCE])>>);

impl Nonces {
    /// Remembers what a value at that place was encrypted with.
    pub fn keep(&mut self, aad: &str, opened: &Opened) {
        if let Ok(nonce) = opened.nonce.as_slice().try_into() {
            self.0.entry(aad.to_owned()).or_default().push((
                opened.kind,
                opened.text.clone(),
                nonce,
            ));
        }
    }

    /// The last one, as sops does it, where several equal values stand at one place.
    fn get(&self, kind: Type, text: &Secret, aad: &str) -> Option<[u8; NONCE]> {
        self.0
            .get(aad)?
            .iter()
            .rev()
            .find(|(known, value, _)| *known == kind && value == text)
            .map(|(_, _, nonce)| *nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_at_its_place_only() {
        let key = DataKey::generate().unwrap();
        let sealed = key
            .seal(Type::Int, &"42".into(), "data:n:", &Nonces::default())
            .unwrap();
        assert!(is_sealed(&sealed));
        let opened = key.open(&sealed, "data:n:").unwrap();
        assert_eq!((opened.kind, opened.text.text()), (Type::Int, Some("42")));
        assert_eq!(key.open(&sealed, "data:m:").err(), Some(Unreadable::Forged));
        let other = DataKey::generate().unwrap();
        assert_eq!(
            other.open(&sealed, "data:n:").err(),
            Some(Unreadable::Forged)
        );
    }

    #[test]
    fn an_unchanged_value_keeps_its_ciphertext() {
        let key = DataKey::generate().unwrap();
        let mut nonces = Nonces::default();
        let first = key.seal(Type::Str, &"x".into(), "a:", &nonces).unwrap();
        nonces.keep("a:", &key.open(&first, "a:").unwrap());
        let seal = |text: &str, aad| key.seal(Type::Str, &text.into(), aad, &nonces).unwrap();
        assert_eq!(seal("x", "a:"), first);
        assert_ne!(seal("y", "a:"), first);
        assert_ne!(seal("x", "b:"), first);
    }

    #[test]
    fn what_is_not_sealed_is_told_apart() {
        let key = DataKey::generate().unwrap();
        for (text, why) in [
            ("plain", Unreadable::NotEncrypted),
            ("ENC[AES256_GCM,data:AA==]", Unreadable::NotEncrypted),
            (
                "ENC[AES256_GCM,data:A,iv:AA==,tag:AA==,type:str]",
                Unreadable::Malformed,
            ),
            (
                "ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:odd]",
                Unreadable::Malformed,
            ),
        ] {
            assert_eq!(key.open(text, "").err(), Some(why), "{text}");
        }
    }
}
