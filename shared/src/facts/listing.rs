//! What is known of one kind: its objects, and what could not be looked at.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// Why something was not looked at.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The user may not read it.
    Forbidden,
    /// The server did not answer in time.
    Timeout,
    /// The server could not be reached.
    Unreachable,
    /// The answer, a part of the source or its version is not understood.
    Unreadable,
    /// There is no such API, or nothing of the kind.
    NotInstalled,
    /// Files were judged, only a running system could tell.
    NotLive,
    /// The file does not say whether there is any.
    NotInFile,
    /// No key is at hand that would tell.
    NoKey,
}

impl Reason {
    /// Whether something that applies could not be looked at, so that the result is incomplete.
    pub const fn is_incomplete(self) -> bool {
        matches!(
            self,
            Self::Forbidden | Self::Timeout | Self::Unreachable | Self::Unreadable
        )
    }

    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Unreadable => "unreadable",
            Self::NotInstalled => "not-installed",
            Self::NotLive => "not-live",
            Self::NotInFile => "not-in-file",
            Self::NoKey => "no-key",
        }
    }
}

/// Something that was not looked at, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The kind of reason.
    pub reason: Reason,
    /// What happened, in words.
    pub message: String,
    /// The kind that could not be looked at, where it is one.
    #[serde(skip)]
    pub kind: Option<Kind>,
}

impl Gap {
    /// A gap from its parts.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
            kind: None,
        }
    }

    /// The same, of one kind.
    #[must_use]
    pub fn of(self, kind: Kind) -> Self {
        Self {
            kind: Some(kind),
            ..self
        }
    }

    /// What happened, with the kind where the words do not begin with it already.
    pub fn told(&self) -> String {
        match self.kind.map(Kind::shown_plural) {
            Some(kind) if !self.message.starts_with(kind) => format!("{kind}: {}", self.message),
            _ => self.message.clone(),
        }
    }
}

/// The objects of a kind that were read, sorted by namespace and name once all are there.
///
/// With a gap the list may be incomplete: absence from it means nothing.
pub struct Listing<T> {
    /// What was read.
    pub items: Vec<T>,
    /// What was not. A kind nobody asked for has a gap from the start.
    pub gap: Option<Gap>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            gap: Some(Gap::new(Reason::Unreadable, "was not read")),
        }
    }
}
