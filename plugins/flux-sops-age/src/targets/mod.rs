//! Which files a run is about: those that are named, those in folders, or all that `.sops.yaml` covers.

mod elsewhere;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use shared::failure::{Exit, Failure, Result};
use shared::sops::rules::{self, Config};
use shared::sops::{exit, looks_encrypted};

use crate::arguments::Files;
use crate::repository::git;
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
    /// How many more there are in Git, which are not in this tree.
    left_out: usize,
}

impl Targets {
    /// Whether this is a run about one file, which behaves as in sops.
    pub(crate) fn is_single(&self) -> bool {
        !self.looked_for && self.files.len() == 1
    }

    /// How a run ends that came to this with the files that are here: there may be more of them.
    pub(crate) fn ended(&self, exit: Exit) -> Exit {
        if self.left_out == 0 {
            return exit;
        }
        cli::note!(
            "files that are not in this sparse checkout: {}; to have them: git sparse-checkout disable",
            self.left_out
        );
        match exit {
            Exit::Passed => Exit::Incomplete,
            exit => exit,
        }
    }
}

/// Finds the files of a run.
///
/// # Errors
/// When none is named, a folder cannot be read, or files are to be looked for without a configuration.
pub(crate) fn find(files: &Files, wanted: Wanted, session: &Session) -> Result<Targets> {
    if files.all {
        let config = session.need_config()?;
        let mut found = Targets {
            files: Vec::new(),
            looked_for: true,
            left_out: 0,
        };
        found.cover(config.folder(), wanted, config)?;
        return Ok(found);
    }
    if files.paths.is_empty() {
        return Err(Failure::new("no file specified")
            .hint("name files or folders, or take all that .sops.yaml covers: --all")
            .exit(exit::NO_FILE));
    }
    let mut found = Targets {
        files: Vec::new(),
        looked_for: false,
        left_out: 0,
    };
    for path in &files.paths {
        if path.is_dir() {
            found.looked_for = true;
            let folder = session.absolute(path);
            found.cover(&folder, wanted, session.need_config()?)?;
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

impl Targets {
    /// Takes the files below a folder that the rules cover. Links are not followed: they may leave the tree.
    fn cover(&mut self, folder: &Path, wanted: Wanted, config: &Config) -> Result<()> {
        let mut elsewhere = Elsewhere::of(config);
        let mut is_ours = |path: &Path, is_encrypted: &dyn Fn() -> bool| {
            let is_config = path.file_name().is_some_and(|name| name == rules::NAME);
            let is_ours = !is_config && !elsewhere.rules(path);
            Ok::<_, Failure>(is_ours && is_wanted(path, wanted, config, is_encrypted)?)
        };
        for path in walk::files(folder)? {
            let is_encrypted = || fs::read(&path).is_ok_and(|bytes| looks_encrypted(&bytes));
            if is_ours(&path, &is_encrypted)? {
                self.files.push(path);
            }
        }
        for path in git::left_out(folder) {
            // Nobody sees here what it holds: it may be what is looked for.
            if is_ours(&path, &|| true)? {
                self.left_out += 1;
            }
        }
        elsewhere.tell();
        Ok(())
    }
}

fn is_wanted(
    path: &Path,
    wanted: Wanted,
    config: &Config,
    is_encrypted: &dyn Fn() -> bool,
) -> Result<bool> {
    Ok(match (wanted, config.rule_for(path)) {
        (_, Ok(None)) => false,
        (Wanted::Named, Ok(Some(rule))) => rule.has_path,
        (Wanted::Named, Err(failure)) => return Err(failure),
        // A rule that is malformed fails the files that it covers, and no other.
        (Wanted::Encrypted, _) => is_encrypted(),
    })
}
