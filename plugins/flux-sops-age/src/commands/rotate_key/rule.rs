//! What the encrypted files of a revision must be like.

use memchr::memmem;
use shared::age;

use super::mention::{self, Mention};
use crate::coded;
use crate::repository::git::Submodules;
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
    pub(super) fn against(
        &self,
        repository: &Repository,
        commit: &str,
        below: Submodules,
    ) -> Option<String> {
        if !repository.is_git {
            return Some("this is no Git tree, so that nobody can tell what it holds".to_owned());
        }
        let coded = coded::pieces(&self.key);
        let mut marks = vec![self.key.clone()];
        if !self.must_be_there {
            marks.extend_from_slice(&coded);
        }
        let mut files = match git::files_with(&repository.root, commit, &marks, below) {
            Ok(files) => files,
            Err(unknown) => return Some(unknown.to_string()),
        };
        files.sort();
        let mut is_there = false;
        for (name, bytes) in &files {
            let shown = name.display();
            let holds = |piece: &String| memmem::find(bytes, piece.as_bytes()).is_some();
            if !self.must_be_there && coded.iter().any(holds) {
                let key = age::shown(&self.key);
                return Some(format!(
                    "its {shown} has {key} in base64, as an encrypted file in the data of a Secret has it, and nobody can tell whether it needs it; encrypt that anew by hand, or where no cluster decrypts it: --rekeyed-revision {commit}"
                ));
            }
            match mention::of(&self.key, name, bytes) {
                Mention::Other => {}
                Mention::Recipient(metadata) => {
                    is_there = true;
                    let companion = self.companion.as_ref();
                    if !companion.is_some_and(|one| metadata.is_for(one)) {
                        let key = age::shown(&self.key);
                        return Some(format!("its {shown} is encrypted for {key}"));
                    }
                }
                Mention::Unreadable(why) => {
                    let key = age::shown(&self.key);
                    return Some(format!(
                        "its {shown} names {key}, and nobody can tell whether it needs it: {why}; mend that file, or where no cluster decrypts it: --rekeyed-revision {commit}"
                    ));
                }
            }
        }
        let key = age::shown(&self.key);
        (self.must_be_there && !is_there).then(|| format!("no file of it is encrypted for {key}"))
    }
}
