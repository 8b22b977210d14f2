//! A key file under a passphrase.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use age_core::secrecy::SecretString;
use zeroize::Zeroizing;

use super::{Identity, keyfile};

/// Asks a person for a passphrase; none where nobody can be asked.
pub type Ask = Arc<dyn Fn(&str) -> Option<SecretString> + Send + Sync>;

/// A key file under a passphrase, which is asked for when nothing else opens a file, and once only.
pub(super) struct Locked {
    pub(super) name: String,
    pub(super) file: Vec<u8>,
    pub(super) ask: Ask,
    pub(super) opened: OnceLock<Result<Vec<Identity>, String>>,
}

impl Locked {
    pub(super) fn identities(&self) -> Result<&[Identity], &str> {
        let opened = self.opened.get_or_init(|| {
            let question = format!("passphrase of {}", self.name);
            let passphrase = (self.ask)(&question)
                .ok_or_else(|| format!("{}: no passphrase was given", self.name))?;
            let text = open_with_passphrase(&self.file, passphrase)
                .map_err(|why| format!("{}: {why}", self.name))?;
            keyfile::parse_lines(&text).map_err(|why| format!("{}: {why}", self.name))
        });
        match opened {
            Ok(identities) => Ok(identities),
            Err(why) => Err(why),
        }
    }
}

/// Opens an age file under a passphrase, armored or not.
fn open_with_passphrase(
    file: &[u8],
    passphrase: SecretString,
) -> Result<Zeroizing<String>, &'static str> {
    let reader = age::armor::ArmoredReader::new(file);
    let file = age::Decryptor::new_buffered(reader).map_err(|_| "it is no age file")?;
    let mut identity = age::scrypt::Identity::new(passphrase);
    // As age itself: what a slow machine finds hard must open too.
    identity.set_max_work_factor(22);
    let mut reader = file
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|error| match error {
            age::DecryptError::ExcessiveWork { .. } => "its passphrase was made to take too long",
            _ => "the passphrase does not open it",
        })?;
    let mut text = Zeroizing::new(String::new());
    reader
        .read_to_string(&mut text)
        .map_err(|_| "what it holds is no key file")?;
    Ok(text)
}
