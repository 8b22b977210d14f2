//! A value that was decrypted.

use crate::secret::Secret;
use crate::sops::scalar::Type;

/// A decrypted value.
pub struct Opened {
    /// What it is.
    pub kind: Type,
    /// Its text.
    pub text: Secret,
    pub(super) nonce: Vec<u8>,
}
