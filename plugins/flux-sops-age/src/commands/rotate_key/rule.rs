//! What the encrypted files of a revision must be like.

use std::path::PathBuf;

use shared::age::shown;
use shared::sops::looks_encrypted;
use shared::sops::{Document, Format};

use crate::repository::{Repository, git};

/// What the encrypted files of a revision must be like.
pub(super) struct Rule {
    /// Files that name this key are looked at.
    key: String,
    /// They are good where they name this one too; without one, no file may name `key`.
    companion: Option<String>,
    /// Files of a revision are good only where some name the key.
    must_be_there: bool,
}

impl Rule {
    /// No file names the key.
    pub(super) fn lacks(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            companion: None,
            must_be_there: false,
        }
    }

    /// Every file that names the key names the other one, too.
    pub(super) fn can_do_without(key: &str, other: &str) -> Self {
        Self {
            companion: Some(other.to_owned()),
            ..Self::lacks(key)
        }
    }

    /// Files name the key.
    pub(super) fn names(key: &str) -> Self {
        Self {
            companion: Some(key.to_owned()),
            must_be_there: true,
            ..Self::lacks(key)
        }
    }

    /// What a commit has against it; nothing where it is good.
    pub(super) fn against(&self, repository: &Repository, commit: &str) -> Option<String> {
        if !repository.is_git {
            return Some("this is no Git tree, so that nobody can tell what it holds".to_owned());
        }
        let Some(files) = git::files_with(&repository.root, commit, &self.key) else {
            return Some("this clone does not have that commit: git fetch".to_owned());
        };
        let mut names: Vec<(&PathBuf, bool)> = files
            .iter()
            .filter(|(_, bytes)| looks_encrypted(bytes))
            .filter_map(|(name, bytes)| {
                let read = Document::read_encrypted(bytes, Format::of_path(name));
                let (_, metadata) = read.ok()?;
                let is_named = metadata.is_for(&self.key);
                let companion = self.companion.as_ref();
                let is_beside = companion.is_some_and(|one| metadata.is_for(one));
                is_named.then_some((name, is_beside))
            })
            .collect();
        names.sort();
        if self.must_be_there && names.is_empty() {
            return Some(format!(
                "no file of it is encrypted for {}",
                shown(&self.key)
            ));
        }
        let bad = names.iter().find(|(_, is_good)| !is_good);
        bad.map(|(name, _)| {
            let name = name.display();
            format!("its {name} is encrypted for {}", shown(&self.key))
        })
    }
}
