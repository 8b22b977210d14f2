//! Errors on standard error, with their hints.

use anstream::eprintln;
use shared::failure::Failure;

/// Prints why something failed, and what can be done.
pub(crate) fn print(failure: &Failure) {
    let message = shared::render::clean(&failure.to_string()).into_owned();
    eprintln!("error: {message}");
    for hint in failure.hints() {
        eprintln!("hint: {}", shared::render::clean(hint));
    }
}
