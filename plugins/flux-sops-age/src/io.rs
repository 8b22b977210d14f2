//! Files in and out, with sops's statuses.

use std::io::{self, Read, Write};
use std::path::Path;

use shared::failure::{self, Exit, Failure, Result};
use shared::secret::{self, Turn};
use shared::sops::exit;
use zeroize::Zeroizing;

use crate::interrupt;

/// Reads a file; `missing` is the status of one that does not exist.
///
/// # Errors
/// When it does not exist or cannot be read.
pub(crate) fn read(path: &Path, missing: Exit) -> Result<Zeroizing<Vec<u8>>> {
    std::fs::read(path).map(Zeroizing::new).map_err(|error| {
        let exit = match error.kind() {
            io::ErrorKind::NotFound => missing,
            _ => exit::READ,
        };
        let why = match error.kind() {
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => failure::io(&error),
        };
        Failure::new(format!("cannot read {}: {why}", path.display())).exit(exit)
    })
}

/// Reads standard input.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_stdin() -> Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::new(format!(
            "cannot read standard input: {}",
            failure::io(&error)
        ))
        .exit(exit::READ)),
    }
}

/// Replaces a file that holds no secret in plain and is still what was found, or still not there; says whether it
/// was. Other runs of ours that do the same wait meanwhile, so that none writes over what another one made.
///
/// # Errors
/// When it cannot be written; it is then as it was.
pub(crate) fn replace_found(path: &Path, found: Option<&[u8]>, bytes: &[u8]) -> Result<bool> {
    let _turn = secret::home(path).ok().map(|home| Turn::wait(&home));
    let is_still = secret::is_still(path, found);
    if is_still {
        interrupt::heed();
        tell_other_names(path);
        secret::replace_public(path, bytes).map_err(|error| unwritten(path, &error))?;
    }
    Ok(is_still)
}

/// The same, where what was to be written cannot be made anew, and what comes next needs it to last.
///
/// # Errors
/// When the file is another one by now, or cannot be written; it is then as it was.
pub(crate) fn replace_planned(path: &Path, found: Option<&[u8]>, bytes: &[u8]) -> Result<()> {
    if !replace_found(path, found, bytes)? {
        return Err(changed_meanwhile(path));
    }
    secret::home(path)
        .and_then(|home| secret::keep_names([home]))
        .map_err(|error| unwritten(path, &error))
}

/// Warns of further names of a file that is to be replaced (hard links). sops writes into the file, and so under all
/// of them.
pub(crate) fn tell_other_names(path: &Path) {
    let names = secret::names(path);
    if names > 1 {
        cli::note!(
            "warning: {} has {names} names (hard links): the others keep what it was",
            path.display()
        );
    }
}

/// Why a file is left as somebody else made it.
pub(crate) fn changed_meanwhile(path: &Path) -> Failure {
    Failure::new(format!(
        "the file was changed meanwhile: {}",
        path.display()
    ))
    .hint("run the same command again")
    .exit(exit::WRITE)
}

/// Why a file cannot be written.
pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let why = failure::io(error);
    Failure::new(format!("cannot write {}: {why}", path.display())).exit(exit::WRITE)
}

/// Prints bytes. A reader that went away is no error.
///
/// # Errors
/// When standard output cannot be written.
pub(crate) fn print(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "cannot write to standard output: {}",
            failure::io(&error)
        ))
        .exit(exit::WRITE)),
        _ => Ok(()),
    }
}

/// Writes plain text to the file that was named, else prints it.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn put(output: Option<&Path>, bytes: &[u8]) -> Result<Exit> {
    put_by(secret::replace, output, bytes)
}

/// Writes what is encrypted to the file that was named, else prints it.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn put_sealed(output: Option<&Path>, bytes: &[u8]) -> Result<Exit> {
    put_by(secret::replace_public, output, bytes)
}

fn put_by(
    replace: fn(&Path, &[u8]) -> io::Result<()>,
    output: Option<&Path>,
    bytes: &[u8],
) -> Result<Exit> {
    match output {
        Some(path) => replace(path, bytes).map_err(|error| unwritten(path, &error))?,
        None => print(bytes)?,
    }
    Ok(Exit::Passed)
}

/// Refuses flags that exclude each other, with sops's status.
///
/// # Errors
/// When both are given.
pub(crate) fn either(one: bool, other: bool, what: &str) -> Result<()> {
    if one && other {
        return Err(Failure::new(format!("cannot use {what} together")).exit(exit::CONFLICT));
    }
    Ok(())
}
