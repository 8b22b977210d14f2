//! What is known of a working tree: its files by their forms, and no secret value of them.

mod conflict;
mod coverage;
mod file;
mod lines;
mod listing;
mod manifest;
mod plain;
mod private_key;
mod rules;
mod sealed;

use std::path::{Path, PathBuf};

use shared::age::Keyring;
use shared::facts::Gap;
use shared::failure::Result;

use crate::batch;

pub(crate) use coverage::Coverage;
pub(crate) use file::{File, Form, quoted};
pub(crate) use listing::{Extent, Standing, paths};
pub(crate) use manifest::ValueForm;
use rules::RuleBook;
pub(crate) use rules::{Covered, Rules};
pub(crate) use sealed::{Opened, Sealed};

/// A working tree, or some files of one.
pub(crate) struct Tree {
    /// The files, by their names.
    pub(crate) files: Vec<File>,
    /// How much of the tree that is.
    pub(crate) extent: Extent,
    /// The configurations that rule the files.
    pub(crate) rules: Vec<Rules>,
    /// What could not be looked at.
    pub(crate) gap: Option<Gap>,
    /// The top of the repository, or the working directory.
    pub(crate) top: PathBuf,
}

impl Tree {
    /// Reads what the paths name, or the whole repository; `config` is the only configuration, where one is named.
    ///
    /// # Errors
    /// When a path that is named cannot be read.
    pub(crate) fn read(
        paths: &[PathBuf],
        config: Option<&Path>,
        keyring: &Keyring,
    ) -> Result<Self> {
        let listing = listing::list(paths)?;
        let book = RuleBook::new(config, &listing)?;
        let names: Vec<PathBuf> = listing.files.keys().cloned().collect();
        let read = batch::in_parallel(&names, &|path: &Path| {
            let standing = listing.files.get(path).copied().unwrap_or_default();
            Ok(file::read(path, standing, &listing, &book, keyring))
        });
        let mut files = Vec::new();
        let mut gap = None;
        for result in read {
            match result? {
                Ok(file) => files.extend(file),
                Err(found) => {
                    gap.get_or_insert(found);
                }
            }
        }
        Ok(Self {
            files,
            gap,
            rules: book.into_rules(),
            extent: listing.extent,
            top: listing.top,
        })
    }

    /// The encrypted files.
    pub(crate) fn sealed(&self) -> impl Iterator<Item = (&File, &Sealed)> {
        self.files.iter().filter_map(|file| match &file.form {
            Form::Sealed(sealed) => Some((file, &**sealed)),
            _ => None,
        })
    }
}
