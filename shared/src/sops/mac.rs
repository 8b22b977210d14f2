//! The message authentication code of a file: SHA-512 over its values, in document order, all documents in one.

use sha2::{Digest, Sha512};

/// SHA-256 of `sops`: with it starts the hash that takes encrypted values only, so that the two never agree.
const ENCRYPTED_ONLY: [u8; 32] = [
    0x8a, 0x3f, 0xd2, 0xad, 0x54, 0xce, 0x66, 0x52, 0x7b, 0x10, 0x34, 0xf3, 0xd1, 0x47, 0xbe, 0x0b,
    0x0b, 0x97, 0x5b, 0x3b, 0xf4, 0x4f, 0x72, 0xc6, 0xfd, 0xad, 0xec, 0x81, 0x76, 0xf2, 0x7d, 0x69,
];

/// Which values enter the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Covers {
    /// All values.
    #[default]
    Everything,
    /// Encrypted values (`mac_only_encrypted`).
    Encrypted,
}

/// The code in the making.
pub struct Mac {
    hash: Sha512,
    covers: Covers,
}

impl Mac {
    /// A code over nothing yet.
    pub fn new(covers: Covers) -> Self {
        let mut hash = Sha512::new();
        if covers == Covers::Encrypted {
            hash.update(ENCRYPTED_ONLY);
        }
        Self { hash, covers }
    }

    /// Takes a plain value that is encrypted in the file.
    pub fn encrypted(&mut self, text: &[u8]) {
        self.hash.update(text);
    }

    /// Takes a value that the file holds in plain.
    pub fn plain(&mut self, text: &[u8]) {
        if self.covers == Covers::Everything {
            self.hash.update(text);
        }
    }

    /// The code, in upper-case hexadecimal.
    pub fn finish(self) -> String {
        self.hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_the_hash_of_the_word() {
        assert_eq!(
            sha2::Sha256::digest(b"sops").as_slice(),
            ENCRYPTED_ONLY.as_slice()
        );
    }

    #[test]
    fn plain_values_count_only_where_everything_does() {
        let code = |covers| {
            let mut mac = Mac::new(covers);
            mac.plain(b"a");
            mac.encrypted(b"b");
            mac.finish()
        };
        let of = |parts: &[&[u8]]| {
            let mut hash = Sha512::new();
            parts.iter().for_each(|part| hash.update(part));
            hash.finalize()
                .iter()
                .map(|b| format!("{b:02X}"))
                .collect::<String>()
        };
        assert_eq!(code(Covers::Everything), of(&[b"ab"]));
        assert_eq!(code(Covers::Encrypted), of(&[&ENCRYPTED_ONLY, b"b"]));
    }
}
