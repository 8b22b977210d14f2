//! Whole age files: sealed for several recipients or under a passphrase, and opened again.

use std::io::{Read, Write};

use age_core::secrecy::SecretString;
use zeroize::Zeroizing;

use super::keyring::{Held, Keyring};
use super::{Identity, Recipient};
use crate::failure::{Failure, Result};

/// Seals bytes for recipients, any of whom opens them, as an armored age file.
///
/// # Errors
/// When there is no recipient, or post-quantum ones stand beside others: the file would be no safer than for these.
pub fn seal(recipients: &[Recipient], bytes: &[u8]) -> Result<Vec<u8>> {
    let keys = recipients.iter().map(|one| one as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(keys).map_err(|error| {
        let failure = Failure::new(format!("cannot encrypt for these recipients: {error}"));
        let strong = recipients.iter().filter(|one| one.is_post_quantum());
        match strong.count() {
            0 => failure,
            count if count == recipients.len() => failure,
            _ => failure.hint("name post-quantum recipients (age1pq1...) alone, or none of them"),
        }
    })?;
    write(encryptor, bytes)
}

/// Seals bytes under a passphrase, as an armored age file.
///
/// # Errors
/// When the system has no randomness.
pub fn seal_with_passphrase(passphrase: SecretString, bytes: &[u8]) -> Result<Vec<u8>> {
    write(age::Encryptor::with_user_passphrase(passphrase), bytes)
}

fn write(encryptor: age::Encryptor, bytes: &[u8]) -> Result<Vec<u8>> {
    let sealed = || -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let format = age::armor::Format::AsciiArmor;
        let mut armor = age::armor::ArmoredWriter::wrap_output(&mut out, format)?;
        let mut writer = encryptor.wrap_output(&mut armor)?;
        writer.write_all(bytes)?;
        writer.finish()?;
        armor.finish()?;
        Ok(out)
    };
    sealed().map_err(|_| Failure::new("cannot encrypt: the system has no randomness"))
}

/// Whether an age file opens by a passphrase.
///
/// # Errors
/// When it is no age file.
pub fn is_under_passphrase(file: &[u8]) -> Result<bool> {
    Ok(decryptor(file)?.is_scrypt())
}

/// Opens a file that was sealed under a passphrase.
///
/// # Errors
/// When it is no such file, was cut, or the passphrase is another one.
pub fn open_with_passphrase(file: &[u8], passphrase: SecretString) -> Result<Zeroizing<Vec<u8>>> {
    let identity = age::scrypt::Identity::new(passphrase);
    let opened = read(file, &[&identity])?;
    opened.ok_or_else(|| Failure::new("the passphrase does not open it"))
}

impl Keyring {
    /// Opens a file that was sealed for recipients.
    ///
    /// # Errors
    /// When it is no such file, was cut, or no identity at hand opens it.
    pub fn open_file(&self, file: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let mut problems = Vec::new();
        let mut identities: Vec<&dyn age::Identity> = Vec::new();
        for held in &self.held {
            match held {
                Held::Own(identity) => identities.push(identity.as_age()),
                Held::Ssh(identity) => identities.push(identity.as_ref()),
                Held::Locked(_) => {}
                Held::PassedOver(why) => problems.push(why.clone()),
            }
        }
        if let Some(opened) = read(file, &identities)? {
            return Ok(opened);
        }
        for held in &self.held {
            let Held::Locked(locked) = held else { continue };
            match locked.identities() {
                Ok(own) => {
                    let own: Vec<_> = own.iter().map(Identity::as_age).collect();
                    if let Some(opened) = read(file, &own)? {
                        return Ok(opened);
                    }
                }
                Err(why) => problems.push(why.to_owned()),
            }
        }
        let mut failure = Failure::new("no identity at hand opens it");
        for line in problems.into_iter().chain(self.advice()) {
            failure = failure.hint(line);
        }
        Err(failure)
    }
}

fn decryptor(
    file: &[u8],
) -> Result<age::Decryptor<age::armor::ArmoredReader<std::io::BufReader<&[u8]>>>> {
    age::Decryptor::new_buffered(age::armor::ArmoredReader::new(file))
        .map_err(|_| Failure::new("it is no age file"))
}

/// What is in a file; nothing where none of the identities opens it.
fn read(file: &[u8], identities: &[&dyn age::Identity]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let Ok(mut reader) = decryptor(file)?.decrypt(identities.iter().copied()) else {
        return Ok(None);
    };
    // Grown on the way, plain bytes would be left behind.
    let mut out = Zeroizing::new(Vec::with_capacity(file.len()));
    reader
        .read_to_end(&mut out)
        .map_err(|_| Failure::new("it was cut or changed"))?;
    Ok(Some(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_recipient_opens_what_was_sealed_and_nobody_else() {
        let [one, two, other] = [(); 3].map(|()| Identity::generate());
        let recipients = [&one, &two].map(|key| Recipient::parse(&key.recipient()).unwrap());
        let sealed = seal(&recipients, b"the keys").unwrap();
        assert!(!is_under_passphrase(&sealed).unwrap());
        for key in [one, two] {
            assert_eq!(*Keyring::of([key]).open_file(&sealed).unwrap(), b"the keys");
        }
        assert!(Keyring::of([other]).open_file(&sealed).is_err());
        assert!(is_under_passphrase(b"hello").is_err());
    }

    #[test]
    fn post_quantum_recipients_stand_alone() {
        let strong = Identity::generate_post_quantum().unwrap();
        let weak = Recipient::parse(&Identity::generate().recipient()).unwrap();
        let recipient = Recipient::parse(&strong.recipient()).unwrap();
        let sealed = seal(std::slice::from_ref(&recipient), b"x").unwrap();
        assert_eq!(*Keyring::of([strong]).open_file(&sealed).unwrap(), b"x");
        assert_eq!(seal(&[recipient, weak], b"x").unwrap_err().hints().len(), 1);
    }

    #[test]
    fn a_passphrase_opens_what_was_sealed_under_it() {
        let sealed = seal_with_passphrase("correct horse".into(), b"the keys").unwrap();
        assert!(is_under_passphrase(&sealed).unwrap());
        let opened = open_with_passphrase(&sealed, "correct horse".into()).unwrap();
        assert_eq!(*opened, b"the keys");
        assert!(open_with_passphrase(&sealed, "battery staple".into()).is_err());
    }
}
