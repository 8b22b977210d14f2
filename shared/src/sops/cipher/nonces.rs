//! What values were encrypted with, so that those that do not change keep their ciphertext.

use std::collections::HashMap;

use super::{NONCE, Opened};
use crate::secret::Secret;
use crate::sops::scalar::Type;

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
    pub(super) fn get(&self, kind: Type, text: &Secret, aad: &str) -> Option<[u8; NONCE]> {
        self.0
            .get(aad)?
            .iter()
            .rev()
            .find(|(known, value, _)| *known == kind && value == text)
            .map(|(_, _, nonce)| *nonce)
    }
}
