//! Colours for people. They are always written: the stream takes them out where none are wanted.

use anstyle::{AnsiColor, Style};

use crate::finding::Level;
use crate::health::Status;
use crate::report::Verdict;

/// For what a person may pass over.
pub(super) const DIM: Style = Style::new().dimmed();
/// For what a person looks for.
pub(super) const BOLD: Style = Style::new().bold();

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();
const MOVING: Style = AnsiColor::Cyan.on_default().bold();

/// The colour of a verdict.
pub(super) const fn of_verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Passed => GOOD,
        Verdict::Failed => BAD,
        Verdict::Incomplete => DOUBTFUL,
    }
}

/// The colour of a level.
pub(super) const fn of_level(level: Level) -> Style {
    match level {
        Level::Error => BAD,
        Level::Warning => DOUBTFUL,
        Level::Info => MOVING,
    }
}

/// The colour of a status. What is well has none: it is what one does not look for.
pub(super) const fn of_status(status: Status) -> Style {
    match status {
        Status::Current => Style::new(),
        Status::Failed => BAD,
        Status::InProgress | Status::Terminating => MOVING,
        Status::Suspended | Status::Unknown => DOUBTFUL,
    }
}
