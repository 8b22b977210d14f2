//! SealedSecrets, opened by a sealing key: RSA-OAEP hides a session key, AES-256-GCM the value.
//!
//! See <https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md>.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::sha2::Sha256;
use rsa::{Oaep, RsaPrivateKey};
use shared::sops::Document;
use shared::sops::tree::{Item, Value, find};
use zeroize::Zeroizing;

use super::Kept;

/// The entry of the private key.
const PRIVATE: &str = "tls.key";
/// A session key is used once, so its nonce is zero.
const NONCE: [u8; 12] = [0; 12];

/// A SealedSecret: where it may be opened, and one of its values.
pub(super) struct SealedSecret {
    namespace: String,
    name: String,
    value: Vec<u8>,
}

/// The SealedSecrets of a file that have a value.
pub(super) fn find_all(document: &Document) -> Vec<SealedSecret> {
    document
        .roots
        .iter()
        .filter_map(|root| read(root))
        .collect()
}

fn read(root: &[Item]) -> Option<SealedSecret> {
    if find(root, "kind")?.value.as_str()? != "SealedSecret" {
        return None;
    }
    let meta = &find(root, "metadata")?.value;
    let text = |name: &str| {
        meta.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let values = find(root, "spec")?.value.get("encryptedData")?.items()?;
    let value = values.iter().find_map(|item| item.node()?.value.as_str())?;
    Some(SealedSecret {
        namespace: text("namespace"),
        name: text("name"),
        value: BASE64_STANDARD.decode(value.trim()).ok()?,
    })
}

/// The private key of a sealing key.
pub(super) fn key_of(kept: &Kept) -> Option<RsaPrivateKey> {
    let pem = kept.data.get(PRIVATE)?.0.text()?;
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    let packed: Zeroizing<String> = lines.map(str::trim).collect::<String>().into();
    let der = Zeroizing::new(BASE64_STANDARD.decode(packed.as_bytes()).ok()?);
    RsaPrivateKey::from_pkcs1_der(&der)
        .or_else(|_| RsaPrivateKey::from_pkcs8_der(&der))
        .ok()
}

impl SealedSecret {
    /// Whether a key opens it; the plain value is dropped.
    pub(super) fn opens_with(&self, key: &RsaPrivateKey) -> bool {
        let Some((length, rest)) = self.value.split_first_chunk::<2>() else {
            return false;
        };
        let Some((hidden, sealed)) =
            rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
        else {
            return false;
        };
        // Strict, for a namespace, for the whole cluster.
        let strict = format!("{}/{}", self.namespace, self.name);
        let labels = [strict.as_str(), self.namespace.as_str(), ""];
        labels.into_iter().any(|label| {
            let padding = Oaep::new_with_label::<Sha256, _>(label);
            let Ok(session) = key.decrypt(padding, hidden).map(Zeroizing::new) else {
                return false;
            };
            let Ok(cipher) = Aes256Gcm::new_from_slice(&session) else {
                return false;
            };
            let opened = cipher.decrypt(Nonce::from_slice(&NONCE), sealed);
            opened.map(Zeroizing::new).is_ok()
        })
    }
}
