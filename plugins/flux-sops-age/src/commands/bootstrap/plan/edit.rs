//! What a file of the repository becomes.

use std::path::PathBuf;

/// What is done to a file: as a plan says it, and as it is said when it was done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verb {
    now: &'static str,
    then: &'static str,
}

/// A file is new.
pub(super) const WRITE: Verb = Verb {
    now: "write",
    then: "wrote",
};
/// A rule takes one more recipient.
pub(super) const AMEND: Verb = Verb {
    now: "amend",
    then: "amended",
};
/// A Kustomization decrypts.
pub(super) const CHANGE: Verb = Verb {
    now: "change",
    then: "changed",
};

/// What a file becomes.
pub(super) struct Edit {
    pub(super) path: PathBuf,
    /// What it was; none where it is new.
    pub(super) found: Option<String>,
    pub(super) text: String,
    pub(super) verb: Verb,
    /// The file's name and what is changed in it.
    pub(super) what: String,
}

impl Edit {
    /// What is to be done.
    pub(super) fn planned(&self) -> String {
        format!("{} {}", self.verb.now, self.what)
    }

    /// The same, when it was done.
    pub(super) fn done(&self) -> String {
        format!("{} {}", self.verb.then, self.what)
    }
}
