//! Post-quantum age keys: `age1pq1...` and `AGE-SECRET-KEY-PQ-1...`, as age 1.3 makes them.

mod kem;
mod keys;

use std::collections::HashSet;

use age::{DecryptError, EncryptError};
use age_core::format::{FileKey, Stanza};
use age_core::primitives::{bech32_decode, bech32_encode, hpke_open, hpke_seal};
use age_core::secrecy::ExposeSecret;
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use bech32::Hrp;
use hpke::{Deserializable, Kem as _, Serializable};
use kem::Kem;
use zeroize::Zeroizing;

const STANZA: &str = "mlkem768x25519";
const INFO: &[u8] = b"age-encryption.org/mlkem768x25519";
const PUBLIC: Hrp = Hrp::parse_unchecked("age1pq");
const PRIVATE: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-PQ-");
/// Bytes of the key of an age file, and of the tag that its ciphertext ends with.
const FILE_KEY: usize = 16;
const TAG: usize = 16;

/// What a post-quantum recipient's text starts with.
pub(super) const RECIPIENT_PREFIX: &str = "age1pq1";
/// What a post-quantum identity's text starts with.
pub(super) const IDENTITY_PREFIX: &str = "AGE-SECRET-KEY-PQ-1";

/// A post-quantum identity.
#[derive(Clone)]
pub struct Identity(keys::Private);

/// A post-quantum recipient.
#[derive(Clone)]
pub struct Recipient(keys::Public);

impl Identity {
    /// Makes a new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())?;
        keys::Private::from_bytes(seed.as_slice())
            .map(Self)
            .map_err(|_| getrandom::Error::UNEXPECTED)
    }

    /// Reads the text form; none where it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        decode(text, PRIVATE).and_then(|bytes| Some(Self(keys::Private::from_bytes(&bytes).ok()?)))
    }

    /// The text form.
    pub fn text(&self) -> Zeroizing<String> {
        let lower = Zeroizing::new(bech32_encode(PRIVATE, &self.0.to_bytes()));
        Zeroizing::new(lower.to_ascii_uppercase())
    }

    /// The recipient whose files it opens.
    pub fn recipient(&self) -> Recipient {
        Recipient(Kem::sk_to_pk(&self.0))
    }
}

impl Recipient {
    /// Reads the text form; none where it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        decode(text, PUBLIC).and_then(|bytes| Some(Self(keys::Public::from_bytes(&bytes).ok()?)))
    }

    /// The text form.
    pub fn text(&self) -> String {
        bech32_encode(PUBLIC, &self.0.to_bytes())
    }
}

fn decode(text: &str, prefix: Hrp) -> Option<Zeroizing<Vec<u8>>> {
    bech32_decode(
        text,
        |_| (),
        |found| (found == prefix).then_some(()).ok_or(()),
        |_, bytes| Ok(Zeroizing::new(bytes.collect())),
    )
    .ok()
}

impl age::Recipient for Recipient {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (encapped, body) =
            hpke_seal::<Kem, _>(&self.0, INFO, key.expose_secret(), &mut rand::rngs::OsRng);
        let stanza = Stanza {
            tag: STANZA.to_owned(),
            args: vec![BASE64_STANDARD_NO_PAD.encode(encapped.to_bytes())],
            body,
        };
        // age refuses to mix these with recipients that a quantum computer opens.
        Ok((vec![stanza], HashSet::from(["postquantum".to_owned()])))
    }
}

impl age::Identity for Identity {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != STANZA {
            return None;
        }
        let [encapped] = stanza.args.as_slice() else {
            return Some(Err(DecryptError::InvalidHeader));
        };
        let encapped = BASE64_STANDARD_NO_PAD.decode(encapped).ok();
        let encapped = encapped.and_then(|bytes| keys::Encapped::from_bytes(&bytes).ok());
        let Some(encapped) = encapped else {
            return Some(Err(DecryptError::InvalidHeader));
        };
        if stanza.body.len() != FILE_KEY + TAG {
            return Some(Err(DecryptError::InvalidHeader));
        }
        let opened = hpke_open::<Kem>(&encapped, &self.0, INFO, &stanza.body).ok()?;
        let opened = Zeroizing::new(opened);
        Some(Ok(FileKey::init_with_mut(|key| {
            key.copy_from_slice(&opened);
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_from_their_text() {
        let identity = Identity::generate().unwrap();
        let text = identity.text();
        assert!(text.starts_with(IDENTITY_PREFIX));
        assert_eq!(*Identity::parse(&text).unwrap().text(), *text);
        let recipient = identity.recipient().text();
        assert!(recipient.starts_with(RECIPIENT_PREFIX));
        assert_eq!(Recipient::parse(&recipient).unwrap().text(), recipient);
        assert!(Recipient::parse(&recipient[..recipient.len() - 1]).is_none());
        assert!(Identity::parse(&recipient).is_none());
    }
}
