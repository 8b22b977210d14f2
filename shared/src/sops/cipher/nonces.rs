//! What values were encrypted with, so that those that do not change keep their ciphertext.

use std::cell::Cell;
use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::opened::Opened;
use crate::secret::Secret;
use crate::sops::scalar::Type;

/// Bytes of the initialization vectors that we write.
pub(super) const NONCE: usize = 32;

/// The vectors that values were decrypted with: a value that did not change keeps its own, and so its
/// ciphertext does not change either, as in sops.
#[derive(Default)]
pub struct Nonces(HashMap<[u8; 32], Kept>);

/// The vectors of equal values at one place, in order: all elements of a list have one place.
#[derive(Default)]
struct Kept {
    nonces: Vec<[u8; NONCE]>,
    next: Cell<usize>,
}

impl Nonces {
    /// Remembers what a value at that place was encrypted with.
    pub fn keep(&mut self, aad: &str, opened: &Opened) {
        if let Ok(nonce) = opened.nonce.as_slice().try_into() {
            let kept = self.0.entry(digest(opened.kind, &opened.text, aad));
            kept.or_default().nonces.push(nonce);
        }
    }

    /// The next one, or the last where there are more such values than there were: equal values may share one.
    pub(super) fn get(&self, kind: Type, text: &Secret, aad: &str) -> Option<[u8; NONCE]> {
        // Nothing was decrypted before a new file.
        if self.0.is_empty() {
            return None;
        }
        let kept = self.0.get(&digest(kind, text, aad))?;
        let next = kept.next.get();
        kept.next.set(next + 1);
        kept.nonces.get(next).or(kept.nonces.last()).copied()
    }
}

/// What tells a value and its place from others; the value itself is not held.
fn digest(kind: Type, text: &Secret, aad: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    // Where a part ends is part of it: no two values run together to one text.
    hash.update((aad.len() as u64).to_le_bytes());
    hash.update(aad.as_bytes());
    hash.update(kind.name().as_bytes());
    hash.update([0]);
    hash.update(text.bytes());
    hash.finalize().into()
}
