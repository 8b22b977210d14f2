//! The working tree that a run is about: its files, what Git says of them, and the Flux Kustomizations in it.

pub(crate) mod encrypted;
pub(crate) mod git;
pub(crate) mod kustomizations;
pub(crate) mod reach;
pub(crate) mod walk;

use std::path::{Path, PathBuf};

use shared::failure::{Context, Result};
use shared::sops::rules::{self, Config};

use crate::cli::Global;

/// A working tree.
pub(crate) struct Repository {
    /// Its top: that of the Git tree, else the folder of the configuration.
    pub(crate) root: PathBuf,
    /// Whether it is Git's.
    pub(crate) is_git: bool,
    /// Where `.sops.yaml` is, or would be.
    pub(crate) config_path: PathBuf,
    /// Its text; none where there is no such file.
    pub(crate) config_text: Option<String>,
    here: PathBuf,
}

impl Repository {
    /// Finds the tree of the working directory.
    ///
    /// # Errors
    /// When the configuration cannot be read.
    pub(crate) fn find(global: &Global) -> Result<Self> {
        let here = std::env::current_dir().context("cannot tell the working directory")?;
        let git = git::top(&here);
        let named = global.config.as_ref().map(|path| here.join(path));
        let found = named.or_else(|| rules::find(&here).0);
        // A configuration above the Git tree is not part of it.
        let found = found.filter(|path| {
            global.config.is_some() || git.as_ref().is_none_or(|top| path.starts_with(top))
        });
        let config_path = found.unwrap_or_else(|| git.as_ref().unwrap_or(&here).join(rules::NAME));
        let config_text = match std::fs::read_to_string(&config_path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(shared::failure::Failure::new(format!(
                    "cannot read {}: {}",
                    config_path.display(),
                    shared::failure::io(&error)
                )));
            }
        };
        let folder = config_path.parent().unwrap_or(&here).to_owned();
        Ok(Self {
            is_git: git.is_some(),
            root: git.unwrap_or(folder),
            config_path,
            config_text,
            here,
        })
    }

    /// The configuration, where there is one.
    ///
    /// # Errors
    /// When it is malformed.
    pub(crate) fn config(&self) -> Result<Option<Config>> {
        let text = self.config_text.as_deref();
        text.map(|text| Config::parse(&self.config_path, text))
            .transpose()
    }

    /// A path as a person in the working directory would write it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.here);
        below.unwrap_or(path).display().to_string()
    }
}
