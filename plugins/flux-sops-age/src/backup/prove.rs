//! Proves that the keys of a backup are those that files need, by opening one with each.

use std::path::{Path, PathBuf};

use shared::age::Keyring;
use shared::failure::{Failure, Result};
use shared::sops::file::{self, OnMacMismatch};
use shared::sops::looks_encrypted;
use shared::sops::{Document, Format};

use super::sealed_secret::{self, SealedSecret};
use super::{Bundle, Kept};
use crate::repository::Repository;
use crate::tree;

/// What was opened by the Secrets of a backup, in their order: a file's name, or nothing.
pub(crate) struct Proof(Vec<Option<String>>);

impl Proof {
    /// Tries files, those named or those of the repository.
    ///
    /// # Errors
    /// When a file that is named cannot be read.
    pub(crate) fn of(bundle: &Bundle, paths: &[PathBuf]) -> Result<Self> {
        let mut proof = Self(bundle.items.iter().map(|_| None).collect());
        let keys: Vec<Key> = bundle.items.iter().map(Key::of).collect();
        let repository = Repository::find(None)?;
        for (path, name) in tree::paths(&repository, paths)? {
            if proof.0.iter().all(Option::is_some) {
                break;
            }
            proof.try_file(&path, &name, &keys);
        }
        Ok(proof)
    }

    fn try_file(&mut self, path: &Path, name: &str, keys: &[Key]) {
        let Ok(bytes) = std::fs::read(path) else {
            return;
        };
        let format = Format::of_path(path);
        let is_sealed_secret = memchr::memmem::find(&bytes, b"SealedSecret").is_some();
        let sealed = match Document::read_plain(&bytes, format) {
            Ok(document) if is_sealed_secret => sealed_secret::find_all(&document),
            _ => Vec::new(),
        };
        let is_sops = looks_encrypted(&bytes);
        for (proven, key) in self.0.iter_mut().zip(keys) {
            let opens = match key {
                Key::Age(keyring) => is_sops && opens(&bytes, format, keyring),
                Key::Sealing(key) => sealed.iter().any(|one: &SealedSecret| one.opens_with(key)),
                Key::None => false,
            };
            if proven.is_none() && opens {
                *proven = Some(name.to_owned());
            }
        }
    }

    /// What a Secret opened, by its number.
    pub(crate) fn opened(&self, number: usize) -> Option<&str> {
        self.0.get(number)?.as_deref()
    }

    /// Refuses what nothing was opened with.
    ///
    /// # Errors
    /// When a Secret's keys opened no file.
    pub(crate) fn demand(&self, bundle: &Bundle) -> Result<()> {
        let unproven = bundle
            .items
            .iter()
            .enumerate()
            .filter(|(number, _)| self.opened(*number).is_none());
        let names: Vec<String> = unproven.map(|(_, kept)| kept.place().to_string()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let names = names.join(", ");
        Err(Failure::new(format!(
            "no file proves that these are the right keys: {names}"
        ))
        .hint(
            "name a file that they open: --proof FILE (encrypted by sops, or with a SealedSecret)",
        )
        .hint("or bring them back all the same: --unproven")
        .exit(shared::failure::Exit::Failed))
    }
}

/// What a Secret opens files with.
enum Key {
    Age(Keyring),
    Sealing(Box<rsa::RsaPrivateKey>),
    None,
}

impl Key {
    fn of(kept: &Kept) -> Self {
        if kept.is_sealing_key() {
            return sealed_secret::key_of(kept)
                .map_or(Self::None, |key| Self::Sealing(Box::new(key)));
        }
        match kept.identities() {
            none if none.is_empty() => Self::None,
            identities => Self::Age(Keyring::of(identities)),
        }
    }
}

/// Whether keys open all of a file, and its MAC fits.
fn opens(bytes: &[u8], format: Format, keyring: &Keyring) -> bool {
    let read = Document::read_encrypted(bytes, format);
    read.is_ok_and(|(mut document, metadata)| {
        file::open(&mut document, &metadata, keyring, OnMacMismatch::Fail).is_ok()
    })
}
