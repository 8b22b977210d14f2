//! The values of a Secret: from files, piped, or generated.

use std::path::Path;

use shared::failure::{Failure, Result};
use shared::secret::Secret as Bytes;
use shared::sops::exit;
use zeroize::Zeroizing;

use super::Secret;
use super::limits::MOST;
use super::template::Default;
use crate::io;

/// How many characters a generated value has where nothing says it.
const LENGTH: usize = 32;
/// What generated values are made of: no character that a shell, a URL or YAML takes for something else.
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The values by their names, the template's first.
pub(super) fn collect(secret: &Secret) -> Result<Vec<(String, Bytes)>> {
    let mut values: Vec<(String, Bytes)> = Vec::new();
    for given in &secret.from_file {
        let (key, file) = pair(given, "--from-file KEY=FILE")?;
        let bytes = io::read(Path::new(file), exit::NO_FILE)?;
        values.push((key.to_owned(), bytes.to_vec().into()));
    }
    if let Some(key) = &secret.stdin {
        let bytes = io::read_stdin()?;
        let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() {
            return Err(wrong("standard input holds no value"));
        }
        values.push((key.clone(), text.into()));
    }
    for given in &secret.generate {
        let (key, length) = match given.split_once('=') {
            Some((key, length)) => (key, length.parse().ok()),
            None => (given.as_str(), Some(LENGTH)),
        };
        let length = length.filter(|length| (1..=MOST).contains(length));
        let length =
            length.ok_or_else(|| wrong("--generate KEY=LENGTH wants a number of characters"))?;
        values.push((key.to_owned(), random(length)?));
    }
    let mut out: Vec<(String, Bytes)> = Vec::new();
    for entry in secret.template.entries() {
        let given = values.iter().position(|(key, _)| key == entry.name);
        let value = match (given, entry.default) {
            (Some(at), _) => values.remove(at).1,
            (None, Default::Generated(length)) => random(length)?,
            (None, Default::Text(text)) => text.into(),
            (None, Default::Missing) => {
                return Err(
                    wrong(&format!("{} must be given", entry.name)).hint(format!(
                        "pipe it in: --stdin {0}, or --from-file {0}=FILE",
                        entry.name
                    )),
                );
            }
        };
        out.push((entry.name.to_owned(), value));
    }
    out.append(&mut values);
    for given in &secret.keys {
        let (key, name) = pair(given, "--key KEY=NAME")?;
        let entry = out.iter_mut().find(|(known, _)| known == key);
        let entry = entry.ok_or_else(|| wrong(&format!("the Secret has no key {key}")))?;
        name.clone_into(&mut entry.0);
    }
    if out.is_empty() {
        return Err(wrong("the Secret would be empty")
            .hint("give it keys: --generate KEY, --stdin KEY or --from-file KEY=FILE"));
    }
    Ok(out)
}

fn pair<'a>(given: &'a str, form: &str) -> Result<(&'a str, &'a str)> {
    given
        .split_once('=')
        .ok_or_else(|| wrong(&format!("malformed flag: {form}")))
}

/// Random characters, each as likely as any other.
fn random(length: usize) -> Result<Bytes> {
    let mut out = Vec::with_capacity(length);
    let mut bytes = Zeroizing::new([0u8; 64]);
    // Bytes beyond the last whole alphabet would make its start more likely.
    const FAIR: u8 = (256 / ALPHABET.len() * ALPHABET.len() - 1) as u8;
    while out.len() < length {
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| wrong("the system has no randomness"))?;
        let fair = bytes.iter().filter(|byte| **byte <= FAIR);
        out.extend(fair.map(|byte| ALPHABET[usize::from(*byte) % ALPHABET.len()]));
    }
    out.truncate(length);
    Ok(out.into())
}

pub(super) fn wrong(why: &str) -> Failure {
    Failure::new(why).exit(exit::GENERIC)
}
