//! What was being done when something failed, and what the system said, in few words.

use std::any::Any;
use std::fmt;

use super::{Failure, Result};

/// Adds what was being done to an error that does not know it.
pub trait Context<T> {
    /// Turns an error into a failure that says `doing: error`.
    ///
    /// # Errors
    /// The failure, where there was an error.
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display + 'static> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| {
            let why = match (&error as &dyn Any).downcast_ref() {
                Some(error) => io(error),
                None => error.to_string(),
            };
            Failure::new(format!("{doing}: {why}"))
        })
    }
}

/// An I/O error in few words, in lower case and without the system's number.
pub fn io(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => return "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => return "permission denied".to_owned(),
        _ => {}
    }
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    match letters.next() {
        // An abbreviation stays as it is.
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_said_in_few_words() {
        let none = std::fs::read("/nowhere").context("cannot read /nowhere");
        assert_eq!(
            none.unwrap_err().to_string(),
            "cannot read /nowhere: no such file"
        );
        for (error, words) in [
            (std::io::Error::from_raw_os_error(111), "connection refused"),
            (std::io::Error::other("Out of luck"), "out of luck"),
            (std::io::Error::other("TLS is off"), "TLS is off"),
        ] {
            assert_eq!(io(&error), words);
        }
    }
}
