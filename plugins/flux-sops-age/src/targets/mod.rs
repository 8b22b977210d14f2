//! Which files a run is about: those that are named, those in folders, or all that `.sops.yaml` covers.

mod elsewhere;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use shared::failure::{Failure, Result};
use shared::sops::rules::{self, Config};
use shared::sops::{exit, looks_encrypted};

use crate::arguments::Files;
use crate::session::Session;
use elsewhere::Elsewhere;

/// What a run looks for in folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Files that a rule with a path names: one without takes every file, which nobody means.
    Named,
    /// Encrypted files that any rule covers.
    Encrypted,
}

/// The files of a run.
pub(crate) struct Targets {
    /// The files, in the order of their names where they were looked for.
    pub(crate) files: Vec<PathBuf>,
    /// Whether they were looked for rather than named one by one.
    pub(crate) looked_for: bool,
}

impl Targets {
    /// Whether this is a run about one file, which behaves as in sops.
    pub(crate) fn is_single(&self) -> bool {
        !self.looked_for && self.files.len() == 1
    }
}

/// Finds the files of a run.
///
/// # Errors
/// When none is named, a folder cannot be read, or files are to be looked for without a configuration.
pub(crate) fn find(files: &Files, wanted: Wanted, session: &Session) -> Result<Targets> {
    if files.all {
        let config = session.need_config()?;
        return Ok(Targets {
            files: covered(config.folder(), wanted, config)?,
            looked_for: true,
        });
    }
    if files.paths.is_empty() {
        return Err(Failure::new("no file specified")
            .hint("name files or folders, or take all that .sops.yaml covers: --all")
            .exit(exit::NO_FILE));
    }
    let mut found = Vec::new();
    let mut looked_for = false;
    for path in &files.paths {
        if path.is_dir() {
            looked_for = true;
            let folder = session.absolute(path);
            found.extend(covered(&folder, wanted, session.need_config()?)?);
        } else {
            found.push(path.clone());
        }
    }
    Ok(Targets {
        files: found,
        looked_for,
    })
}

/// The files below a folder that the rules cover. Links are not followed: they may leave the tree.
fn covered(folder: &Path, wanted: Wanted, config: &Config) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut elsewhere = Elsewhere::of(config);
    for path in walk::files(folder)? {
        let is_config = path.file_name().is_some_and(|name| name == rules::NAME);
        if !is_config && !elsewhere.rules(&path) && is_wanted(&path, wanted, config)? {
            files.push(path);
        }
    }
    elsewhere.tell();
    Ok(files)
}

fn is_wanted(path: &Path, wanted: Wanted, config: &Config) -> Result<bool> {
    let is_encrypted = || fs::read(path).is_ok_and(|bytes| looks_encrypted(&bytes));
    Ok(match (wanted, config.rule_for(path)) {
        (_, Ok(None)) => false,
        (Wanted::Named, Ok(Some(rule))) => rule.has_path,
        (Wanted::Named, Err(failure)) => return Err(failure),
        // A rule that is malformed fails the files that it covers, and no other.
        (Wanted::Encrypted, _) => is_encrypted(),
    })
}
