//! What is known of a working tree: its files by their forms, and no secret value of them.

mod aim;
mod broken;
mod conflict;
mod content;
mod coverage;
pub(crate) mod entry_name;
mod file;
mod form;
mod lines;
mod listing;
mod manifest;
mod plain;
mod private_key;
mod reach;
mod ruled;
mod rules;
mod sealed;

use std::path::{Path, PathBuf};

use shared::age::Keyring;
use shared::facts::{Gap, Reason};
use shared::failure::Result;

use crate::batch;
use crate::repository::Repository;

pub(crate) use coverage::Coverage;
pub(crate) use file::File;
pub(crate) use form::Form;
pub(crate) use listing::{Extent, paths};
pub(crate) use manifest::{FluxKustomization, ValueForm};
pub(crate) use ruled::{Otherwise, Parting};
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
    /// The `.gitignore` at its top, as the user would write it, whether or not there is one.
    pub(crate) ignore_file: String,
    /// The first file that could not be read.
    pub(crate) unreadable: Option<Gap>,
}

impl Tree {
    /// Reads what the paths name, or the whole repository; `config` is the only configuration, where one is named.
    /// What the keyring opens is told; without keys nothing is.
    ///
    /// # Errors
    /// When a path or a configuration that is named cannot be read.
    pub(crate) fn read(
        repository: &Repository,
        paths: &[PathBuf],
        config: Option<&Path>,
        keyring: &Keyring,
    ) -> Result<Self> {
        let listing = listing::list(repository, paths)?;
        let book = RuleBook::new(repository, config)?;
        let names: Vec<PathBuf> = listing.files.keys().cloned().collect();
        let read = batch::in_parallel(&names, &|path: &Path| {
            let standing = listing.files.get(path).copied().unwrap_or_default();
            Ok(file::read(path, standing, repository, &book, keyring))
        });
        let mut files = Vec::new();
        let mut unreadable = listing.left_out.first().map(|first| {
            let name = repository.shown(first);
            let why = "it is not in this sparse checkout: git sparse-checkout disable";
            Gap::new(Reason::Unreadable, format!("{name}: {why}"))
        });
        for result in read {
            match result? {
                Ok(file) => files.extend(file),
                Err(found) => {
                    unreadable.get_or_insert(found);
                }
            }
        }
        Ok(Self {
            files,
            unreadable,
            rules: book.into_rules(),
            extent: listing.extent,
            ignore_file: repository.shown(&repository.root.join(".gitignore")),
        })
    }

    /// The encrypted files that nobody can open as they are: `NAME: WHY`.
    pub(crate) fn broken(&self) -> impl Iterator<Item = String> {
        self.files.iter().filter_map(|file| {
            let why = match &file.form {
                Form::Malformed { why, .. } | Form::Joined { why, .. } => why.clone(),
                Form::Conflict(line) => format!("it has a merge conflict on line {line}"),
                Form::Sealed(_) | Form::Plain(_) | Form::Unread(_) => return None,
            };
            Some(format!("{}: {why}", file.name))
        })
    }

    /// What stands in the data of Secrets as an encrypted file of its own, in base64: where, and the public keys in it.
    pub(crate) fn coded(&self) -> impl Iterator<Item = (String, &[String])> {
        self.files.iter().flat_map(|file| {
            let secrets = file.manifests.secrets.iter();
            let values = secrets.flat_map(|secret| &secret.values);
            let coded = values.filter(|value| !value.coded_for.is_empty());
            coded.map(move |value| {
                let place = format!("{}: {}.{}", file.name, value.field, value.name);
                (place, value.coded_for.as_slice())
            })
        })
    }

    /// The files that were not looked at: `NAME: WHY`.
    pub(crate) fn unread(&self) -> impl Iterator<Item = String> {
        self.files.iter().filter_map(|file| match &file.form {
            Form::Unread(why) => Some(format!("{}: {why}", file.name)),
            _ => None,
        })
    }

    /// What could not be looked at.
    pub(crate) fn gap(&self) -> Option<Gap> {
        let unread = || Some(Gap::new(Reason::Unreadable, self.unread().next()?));
        self.unreadable.clone().or_else(unread)
    }

    /// The Flux Kustomizations, each with its file.
    pub(crate) fn kustomizations(&self) -> impl Iterator<Item = (&File, &FluxKustomization)> {
        self.files.iter().flat_map(|file| {
            let all = file.manifests.kustomizations.iter();
            all.map(move |one| (file, one))
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
