//! How a backup is locked and opened: for age recipients, or under a passphrase that no command line ever shows.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use age_core::secrecy::SecretString;
use clap::Args;
use shared::age::{Keyring, Recipient, file};
use shared::failure::{Failure, Result, io};
use zeroize::Zeroizing;

use crate::prompt;

/// Longer is no passphrase.
const LONGEST: u64 = 1 << 16;

/// How to lock a backup.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Locker {
    /// Encrypt for these age recipients, parted by commas
    #[arg(short, long, value_name = "RECIPIENTS")]
    age: Option<String>,

    /// Encrypt under a passphrase, which is asked for
    #[arg(long)]
    passphrase: bool,

    /// Encrypt under the passphrase on the first line of this file descriptor
    #[arg(long, value_name = "NUMBER")]
    passphrase_fd: Option<u32>,
}

/// How to open a backup.
#[derive(Debug, Args)]
pub(crate) struct Unlock {
    /// Take the passphrase from the first line of this file descriptor
    #[arg(long, value_name = "NUMBER")]
    passphrase_fd: Option<u32>,
}

impl Locker {
    /// Makes ready what locks: before the keys are read, for a person may be asked.
    ///
    /// # Errors
    /// When a recipient is malformed, or nobody gives a passphrase.
    pub(crate) fn ready(&self) -> Result<Lock> {
        if let Some(names) = &self.age {
            let names = names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            let recipients: Vec<Recipient> = names.map(Recipient::parse).collect::<Result<_>>()?;
            if recipients.is_empty() {
                return Err(Failure::new("no recipient is named"));
            }
            return Ok(Lock::Recipients(recipients));
        }
        let passphrase = match self.passphrase_fd {
            Some(number) => from_descriptor(number)?,
            None => prompt::new_passphrase()?,
        };
        Ok(Lock::Passphrase(passphrase))
    }
}

/// What locks a backup.
pub(crate) enum Lock {
    Recipients(Vec<Recipient>),
    Passphrase(SecretString),
}

impl Lock {
    /// Locks bytes.
    ///
    /// # Errors
    /// When recipients do not go together.
    pub(crate) fn seal(self, bytes: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Recipients(recipients) => file::seal(&recipients, bytes),
            Self::Passphrase(passphrase) => file::seal_with_passphrase(passphrase, bytes),
        }
    }
}

impl Unlock {
    /// Opens a backup.
    ///
    /// # Errors
    /// When it is none, or nothing at hand opens it.
    pub(crate) fn open(
        &self,
        bytes: &[u8],
        keyring: impl FnOnce() -> Keyring,
    ) -> Result<Zeroizing<Vec<u8>>> {
        if !file::is_under_passphrase(bytes)? {
            return keyring().open_file(bytes);
        }
        let passphrase = match self.passphrase_fd {
            Some(number) => from_descriptor(number)?,
            None => prompt::known_passphrase("passphrase of the backup")?,
        };
        file::open_with_passphrase(bytes, passphrase)
    }
}

fn from_descriptor(number: u32) -> Result<SecretString> {
    let failed = |why: &str| {
        Failure::new(format!(
            "cannot read a passphrase from descriptor {number}: {why}"
        ))
    };
    let source: Box<dyn Read> = match number {
        0 => Box::new(std::io::stdin()),
        number if cfg!(unix) => {
            let path = format!("/dev/fd/{number}");
            Box::new(File::open(path).map_err(|error| failed(&io(&error)))?)
        }
        _ => return Err(failed("on this system only 0 can be read")),
    };
    let mut line = Zeroizing::new(String::with_capacity(256));
    BufReader::new(source.take(LONGEST))
        .read_line(&mut line)
        .map_err(|error| failed(&io(&error)))?;
    let text = line.trim_end_matches(['\n', '\r']);
    if text.is_empty() {
        return Err(failed("it is empty"));
    }
    Ok(SecretString::from(text.to_owned()))
}
