//! Questions at the terminal.

use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;

use age_core::secrecy::SecretString;
use shared::age::Ask;
use shared::failure::{Context, Failure, Result};

use crate::interrupt;

/// Asks for passphrases at the terminal, without showing them.
pub(crate) fn passphrase() -> Ask {
    Arc::new(|question| {
        let answer = hidden(question).ok()?;
        Some(SecretString::from(answer))
    })
}

/// Asks at the terminal, which does not show what is typed, and shows it again however that ends.
fn hidden(question: &str) -> io::Result<String> {
    #[cfg(unix)]
    let _undo = shown_again();
    let answer = rpassword::prompt_password(format!("{question}: "));
    if matches!(&answer, Err(error) if error.kind() == io::ErrorKind::Interrupted) {
        interrupt::interrupt();
    }
    answer
}

/// Leaves the terminal as it is now, where a signal ends us.
#[cfg(unix)]
fn shown_again() -> Option<interrupt::Undo> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let mut options = std::fs::File::options();
    let terminal = options.read(true).write(true).open("/dev/tty").ok()?;
    let before = tcgetattr(&terminal).ok()?;
    Some(interrupt::undo(move || {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
    }))
}

/// Asks a question that is answered by yes or no.
///
/// # Errors
/// When nobody can be asked.
pub(crate) fn agree(question: &str, instead: &str) -> Result<bool> {
    let mut answers = io::stdin().lock();
    loop {
        crate::io::print(format!("{question} (y/n): ").as_bytes())?;
        let mut answer = String::new();
        if answers
            .read_line(&mut answer)
            .context("cannot read the answer")?
            == 0
        {
            let why = if io::stdin().is_terminal() {
                "no answer was given"
            } else {
                "nobody can be asked: standard input has ended"
            };
            return Err(Failure::new(why)
                .hint(instead)
                .exit(shared::sops::exit::GENERIC));
        }
        match answer.trim() {
            "y" => return Ok(true),
            "n" => return Ok(false),
            _ => {}
        }
    }
}

/// Asks for a passphrase that is there already.
///
/// # Errors
/// When nobody can be asked, or nothing is given.
pub(crate) fn known_passphrase(question: &str) -> Result<SecretString> {
    let nobody = |why: String| {
        Failure::new(format!("cannot ask for a passphrase: {why}"))
            .hint("give it on a file descriptor: --passphrase-fd NUMBER")
    };
    let answer = hidden(question).map_err(|error| nobody(shared::failure::io(&error)))?;
    if answer.is_empty() {
        return Err(Failure::new("no passphrase was given"));
    }
    Ok(SecretString::from(answer))
}

/// Asks for a new passphrase, twice.
///
/// # Errors
/// When nobody can be asked, or the answers differ.
pub(crate) fn new_passphrase() -> Result<SecretString> {
    use age_core::secrecy::ExposeSecret;
    let first = known_passphrase("new passphrase")?;
    let second = known_passphrase("the same again")?;
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(Failure::new("the passphrases differ"))
    }
}
