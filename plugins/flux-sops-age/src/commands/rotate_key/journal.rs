//! What a rotation must remember between runs: public keys and names, nothing secret.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use shared::failure::{Failure, Result, io};
use shared::malformed;

use crate::repository::{Repository, git};

/// Where a rotation is to lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Goal {
    /// Both keys, everywhere.
    Both,
    /// The new key alone.
    New,
    /// The old key alone: the rotation is undone.
    Old,
}

/// A cluster of the rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Member {
    /// The context's name, else the server's address.
    pub(super) name: String,
    /// The Secrets that had the old key, as `NAMESPACE/NAME`.
    pub(super) secrets: Vec<String>,
    /// Whether the key that goes has gone.
    pub(super) is_done: bool,
}

/// A rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Journal {
    /// The public key that is replaced.
    pub(super) old: String,
    /// The public key that replaces it.
    pub(super) new: String,
    pub(super) goal: Goal,
    pub(super) clusters: Vec<Member>,
    /// Whether the goal was reached.
    pub(super) is_done: bool,
}

impl Journal {
    /// Reads the journal of a repository, where a rotation was begun.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn load(repository: &Repository) -> Result<Option<Self>> {
        let path = path(repository);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(Failure::new(format!(
                    "cannot read the journal of the rotation: {}: {}",
                    path.display(),
                    io(&error)
                )));
            }
        };
        serde_json::from_slice(&text).map(Some).map_err(|error| {
            Failure::new(format!(
                "the journal of the rotation is malformed: {}: {}",
                path.display(),
                malformed::json(&error)
            ))
            .hint("remove it, and name the keys: --old PUBLIC-KEY --new PUBLIC-KEY")
        })
    }

    /// Writes it down. It lasts when this returns.
    ///
    /// # Errors
    /// When it cannot be written; it is then as it was.
    pub(super) fn save(&self, repository: &Repository) -> Result<()> {
        let path = path(repository);
        let unwritable = |error: &std::io::Error| {
            Failure::new(format!(
                "cannot write the journal of the rotation: {}: {}",
                path.display(),
                io(error)
            ))
        };
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|error| Failure::new(format!("cannot write the journal: {error}")))?;
        text.push(b'\n');
        if std::fs::read(&path).is_ok_and(|before| before == text) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
        }
        shared::secret::replace(&path, &text).map_err(|error| unwritable(&error))
    }
}

/// Among Git's own files, where nobody commits it; else beside `.sops.yaml`.
fn path(repository: &Repository) -> PathBuf {
    if repository.is_git {
        git::own_folder(&repository.root).join("flux-sops-age/rotation.json")
    } else {
        repository.config_path.with_file_name(".sops.rotation.json")
    }
}
