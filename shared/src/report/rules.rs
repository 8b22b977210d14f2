//! How a verdict is come to.

use super::{Entry, Skipped, Verdict};
use crate::facts::Reason;
use crate::finding::Level;

/// What the user asked a verdict to rest on.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Warnings fail, and what only a running system or another file could tell is incomplete.
    pub strict: bool,
    /// Report only what is in this namespace, and the roots of that wherever they are.
    pub namespace: Option<String>,
}

impl Rules {
    /// Whether something of this level fails.
    pub fn fails(&self, level: Level) -> bool {
        let from = if self.strict {
            Level::Warning
        } else {
            Level::Error
        };
        level >= from
    }

    /// Whether what was not looked at for this reason makes the result incomplete.
    pub fn leaves_open(&self, reason: Reason) -> bool {
        reason.is_incomplete()
            || (self.strict
                && matches!(reason, Reason::NotLive | Reason::NotInFile | Reason::NoKey))
    }

    pub(super) fn verdict(&self, results: &[Entry], skipped: &[Skipped]) -> Verdict {
        if results.iter().any(|entry| self.fails(entry.level)) {
            Verdict::Failed
        } else if skipped
            .iter()
            .any(|skipped| self.leaves_open(skipped.reason))
        {
            Verdict::Incomplete
        } else {
            Verdict::Passed
        }
    }
}
