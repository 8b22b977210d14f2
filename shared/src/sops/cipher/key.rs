//! The data key, and what is encrypted and decrypted under it.

use aes_gcm::aead::consts::{U8, U12, U16, U24, U32};
use aes_gcm::aead::generic_array::{ArrayLength, GenericArray};
use aes_gcm::aead::{AeadInPlace, KeyInit};
use aes_gcm::{AesGcm, aes::Aes256};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::nonces::{NONCE, Nonces};
use super::opened::Opened;
use super::sealed::{Sealed, Unreadable};
use crate::failure::{Context, Result};
use crate::secret::Secret;
use crate::sops::scalar::Type;

/// Bytes of a data key.
pub const KEY: usize = 32;

/// The key that a file's values are encrypted with, itself encrypted for each recipient.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; KEY]>);

impl DataKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate() -> Result<Self> {
        let mut key = Zeroizing::new([0; KEY]);
        getrandom::fill(key.as_mut_slice()).context("cannot make a data key")?;
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
