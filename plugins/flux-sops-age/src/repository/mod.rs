//! Where a run is: the working tree, its configuration, and what Git says of it.

pub(crate) mod advice;
pub(crate) mod decryption;
pub(crate) mod git;

use std::path::{Path, PathBuf};

use shared::failure::{self, Context, Failure, Result};
pub(crate) use shared::lexical::absolute;
use shared::sops::rules;

/// A working tree.
pub(crate) struct Repository {
    /// Its top: that of the Git tree, else the folder of the configuration.
    pub(crate) root: PathBuf,
    /// Whether it is Git's.
    pub(crate) is_git: bool,
    /// The working directory.
    pub(crate) here: PathBuf,
    /// Where `.sops.yaml` is, or would be.
    pub(crate) config_path: PathBuf,
}

impl Repository {
    /// Finds the tree of the working directory; its configuration may be named.
    ///
    /// # Errors
    /// When there is no working directory.
    pub(crate) fn find(config: Option<&Path>) -> Result<Self> {
        let here = std::env::current_dir().context("cannot tell the working directory")?;
        let git = git::top(&here);
        // A configuration above the Git tree is not part of it.
        let in_tree = |path: &PathBuf| git.as_ref().is_none_or(|top| path.starts_with(top));
        let found = match config {
            Some(named) => Some(absolute(&here, named)),
            None => rules::find(&here).0.filter(in_tree),
        };
        let config_path = found.unwrap_or_else(|| git.as_ref().unwrap_or(&here).join(rules::NAME));
        let folder = config_path.parent().unwrap_or(&here).to_owned();
        Ok(Self {
            is_git: git.is_some(),
            root: git.unwrap_or(folder),
            config_path,
            here,
        })
    }

    /// The text of the configuration; none where there is no such file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn config_text(&self) -> Result<Option<String>> {
        match std::fs::read_to_string(&self.config_path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::new(format!(
                "cannot read {}: {}",
                self.config_path.display(),
                failure::io(&error)
            ))),
        }
    }

    /// A path as a person in the working directory would write it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let mut up = String::new();
        for folder in self.here.ancestors() {
            if let Ok(below) = path.strip_prefix(folder) {
                return up + &slashed(below);
            }
            if folder == self.root {
                break;
            }
            up.push_str("../");
        }
        path.display().to_string()
    }

    /// A path from the top of the tree, with slashes.
    pub(crate) fn below_root(&self, path: &Path) -> String {
        slashed(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
