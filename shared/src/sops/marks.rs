//! The marks of an encrypted file, told without reading it.

use memchr::memmem;

/// Whether a file has the marks of one that sops wrote, in whatever format.
pub fn looks_encrypted(bytes: &[u8]) -> bool {
    let holds = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    holds(b"ENC[AES256_GCM,") && holds(b"sops") && holds(b"lastmodified")
}
