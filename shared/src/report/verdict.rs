//! The one word that a report ends in.

use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Exit;

/// The verdict on all that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// What applies was looked at, and no error was found.
    Passed,
    /// At least one error.
    Failed,
    /// No error, but something that applies could not be looked at.
    Incomplete,
}

impl Verdict {
    /// The exit status that says the same.
    pub const fn exit(self) -> Exit {
        match self {
            Self::Passed => Exit::Passed,
            Self::Failed => Exit::Failed,
            Self::Incomplete => Exit::Incomplete,
        }
    }
}
