//! What a file is: encrypted, in plain, or neither.

use super::reach::Reach;
use super::sealed::Sealed;

/// What a file is.
pub(crate) enum Form {
    /// Encrypted.
    Sealed(Box<Sealed>),
    /// Not encrypted.
    Plain(Plain),
    /// Encrypted, with a merge conflict that starts on a line.
    Conflict(u64),
    /// Encrypted, and malformed: why.
    Malformed { why: String, line: Option<u64> },
    /// Documents that were not encrypted as one file: Flux may take each for itself, sops does not: why.
    Joined { why: String, line: Option<u64> },
    /// Not looked at: why.
    Unread(String),
}

/// A file that is not encrypted.
#[derive(Default)]
pub(crate) struct Plain {
    /// What a rule would encrypt.
    pub(crate) reach: Option<Reach>,
}
