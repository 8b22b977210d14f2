//! What is done with a file: its values sealed under a data key, and opened again.

use jiff::Timestamp;

use super::cipher::{DataKey, Nonces};
use super::document::Document;
use super::metadata::Metadata;
use super::scalar::Type;
use super::{crypt, data_key, exit};
use crate::age::Keyring;
use crate::failure::{Failure, Result};
use crate::secret::Secret;

/// What an open file leaves for sealing it again.
pub struct Opened {
    /// Its data key.
    pub key: DataKey,
    /// What its values were encrypted with.
    pub nonces: Nonces,
    /// Comments that should be encrypted and are not.
    pub plain_comments: usize,
}

/// What becomes of a file whose MAC does not fit its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnMacMismatch {
    /// It is refused.
    Fail,
    /// It is taken as it is (`--ignore-mac`).
    Ignore,
}

/// Decrypts a file in place.
///
/// # Errors
/// When no identity opens it, a value cannot be decrypted, or the MAC does not fit.
pub fn open(
    document: &mut Document,
    metadata: &Metadata,
    keyring: &Keyring,
    on_mismatch: OnMacMismatch,
) -> Result<Opened> {
    check_version(&metadata.version)?;
    let key = data_key::open(metadata, keyring)?;
    let mut nonces = Nonces::default();
    let found = crypt::decrypt(
        &mut document.roots,
        &key,
        &metadata.rule,
        metadata.covers,
        &mut nonces,
    );
    let found =
        found.map_err(
            |stopped| match stopped.site.and_then(|site| document.line(site)) {
                Some(line) => stopped.failure.line(line),
                None => stopped.failure,
            },
        )?;
    if on_mismatch == OnMacMismatch::Fail {
        check_mac(metadata, &key, &found.mac)?;
    }
    Ok(Opened {
        key,
        nonces,
        plain_comments: found.plain_comments,
    })
}

fn check_mac(metadata: &Metadata, key: &DataKey, computed: &str) -> Result<()> {
    let wrong = |why: &str| {
        Err(
            Failure::new(format!("the file was changed without its key: {why}"))
                .hint("restore it from Git, or take it as it is: --ignore-mac")
                .exit(exit::MAC_MISMATCH),
        )
    };
    if metadata.mac.is_empty() {
        return wrong("it has no MAC");
    }
    match key.open(&metadata.mac, &mac_place(&metadata.last_modified)) {
        Err(_) => wrong("its MAC cannot be decrypted"),
        Ok(stored) if stored.text.bytes() != computed.as_bytes() => {
            wrong("its MAC does not fit its values")
        }
        Ok(_) => Ok(()),
    }
}

/// The time as Go prints it again: without fractions of a second.
fn mac_place(last_modified: &str) -> String {
    super::time::Time::from_rfc3339(last_modified)
        .map_or_else(|| last_modified.to_owned(), |time| time.seconds())
}

/// sops compares versions, and stops at what is none.
fn check_version(version: &str) -> Result<()> {
    let plain = version.trim_start_matches('v');
    let core = plain.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    let is_version = numbers.len() == 3
        && numbers
            .iter()
            .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_version || plain.starts_with("1.") {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "the sops block names no version of sops: {version:?}"
        ))
        .exit(exit::GENERIC))
    }
}

/// Encrypts a file in place, and writes its MAC.
///
/// # Errors
/// When a value cannot be encrypted.
pub fn seal(
    document: &mut Document,
    metadata: &mut Metadata,
    key: &DataKey,
    nonces: &Nonces,
) -> Result<()> {
    let mac = crypt::encrypt(
        &mut document.roots,
        key,
        &metadata.rule,
        metadata.covers,
        nonces,
    )?;
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let sealed = key
        .seal(Type::Str, &Secret::from(mac), &now, &Nonces::default())
        .map_err(|error| Failure::new(error).exit(exit::ENCRYPT_TREE))?;
    metadata.set_mac(sealed, now);
    Ok(())
}
