//! An error that ends a command, with hints, and the exit status it ends with.

mod context;

use std::fmt;
use std::path::Path;

pub use context::{Context, io};

/// The exit statuses that scripts may rely on, the same in every output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What applies was looked at, and no error was found.
    Passed,
    /// At least one error-level finding; `lb-ip`: there is no address.
    Failed,
    /// It could not run: usage, configuration, no cluster answers, a malformed file.
    CouldNotRun,
    /// No error, but something that applies could not be looked at.
    Incomplete,
    /// Interrupted by Ctrl-C, as shells report it.
    Interrupted,
    /// A status of sops's own, for the verbs that behave as in sops: see [`crate::sops::exit`].
    Sops(u8),
}

impl Exit {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::CouldNotRun => 2,
            Self::Incomplete => 3,
            Self::Interrupted => 130,
            Self::Sops(code) => code,
        }
    }
}

/// Why a command could not do its work: lower case, no full stop, the value last.
#[derive(Debug)]
pub struct Failure {
    message: String,
    hints: Vec<String>,
    exit: Exit,
}

/// The result of what can end a command.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure that ends the command with [`Exit::CouldNotRun`].
    pub fn new(message: impl fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            hints: Vec::new(),
            exit: Exit::CouldNotRun,
        }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says what it is part of, before its own words; its hints and its status stay.
    #[must_use]
    pub fn within(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Names the file that it is about, where the message does not name it already.
    #[must_use]
    pub fn of(self, file: &Path) -> Self {
        let name = file.display().to_string();
        if names(&self.message, &name) {
            self
        } else {
            self.within(name)
        }
    }

    /// Names the line that it is about, from 1.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.message = format!("{}, line {line}", self.message);
        self
    }

    /// Names the creation rule that it is about, from 1.
    #[must_use]
    pub fn rule(mut self, number: usize) -> Self {
        self.message = format!("{}, rule {number}", self.message);
        self
    }

    /// Ends the command with another status.
    #[must_use]
    pub fn exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The status the command ends with.
    pub fn status(&self) -> Exit {
        self.exit
    }

    /// What the user can do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

/// Whether a text has a path in it that is not part of another or of a word.
fn names(text: &str, path: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "./_-".contains(c);
    text.match_indices(path).any(|(at, _)| {
        !text[..at].ends_with(goes_on) && !text[at + path.len()..].starts_with(goes_on)
    })
}

/// The message alone; the command line prints the hints on lines of their own.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_once_and_not_taken_for_a_word() {
        for (message, file, expected) in [
            (
                "cannot read a.yaml: is empty",
                "a.yaml",
                "cannot read a.yaml: is empty",
            ),
            (
                "cannot read da.yaml",
                "a.yaml",
                "a.yaml: cannot read da.yaml",
            ),
            ("encrypted already", "e", "e: encrypted already"),
        ] {
            assert_eq!(
                Failure::new(message).of(Path::new(file)).to_string(),
                expected
            );
        }
    }

    #[test]
    fn what_a_failure_is_part_of_leaves_its_hints_and_its_status() {
        let failure = Failure::new("no")
            .hint("ask")
            .exit(Exit::Failed)
            .within("a");
        assert_eq!(failure.to_string(), "a: no");
        assert_eq!(failure.hints(), ["ask"]);
        assert_eq!(failure.status(), Exit::Failed);
    }
}
