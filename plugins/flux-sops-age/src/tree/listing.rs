//! Which files a tree has: those that Git has or would take, or those that were named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shared::failure::{self, Context, Failure, Result};

use crate::repository::git::{self, Standing};
use crate::repository::{Repository, absolute};

/// How much of a tree is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Files and folders that were named.
    Part,
}

/// The files of a run.
pub(super) struct Listing {
    /// Absolute paths.
    pub(super) files: BTreeMap<PathBuf, Standing>,
    /// Those that Git was told to leave out of this tree.
    pub(super) left_out: Vec<PathBuf>,
    pub(super) extent: Extent,
}

/// Finds the files that the paths name; of no path, all of the Git tree or of the working directory.
pub(super) fn list(repository: &Repository, paths: &[PathBuf]) -> Result<Listing> {
    let here = &repository.here;
    let all = if repository.is_git {
        &repository.root
    } else {
        here
    };
    let mut listing = Listing {
        files: BTreeMap::new(),
        left_out: Vec::new(),
        extent: Extent::Part,
    };
    if paths.is_empty() {
        listing.add(all)?;
    }
    for path in paths {
        let absolute = absolute(here, path);
        let kind = std::fs::metadata(&absolute).map_err(|error| {
            let why = failure::io(&error);
            Failure::new(format!("cannot read {}: {why}", path.display()))
        })?;
        if kind.is_dir() {
            listing.add(&absolute)?;
        } else {
            listing.files.entry(absolute).or_default();
        }
    }
    let is_all = |path: &PathBuf| absolute(here, path) == *all;
    if paths.is_empty() || paths.iter().any(is_all) {
        listing.extent = Extent::Whole;
    }
    Ok(listing)
}

/// The absolute paths of files, with their names as the user would write them: those that are named, or all.
pub(crate) fn paths(repository: &Repository, paths: &[PathBuf]) -> Result<Vec<(PathBuf, String)>> {
    let listing = list(repository, paths)?;
    let named = listing.files.into_keys().map(|path| {
        let name = repository.shown(&path);
        (path, name)
    });
    Ok(named.collect())
}

impl Listing {
    fn add(&mut self, folder: &Path) -> Result<()> {
        match git::listed(folder) {
            Some(listed) => {
                self.files.extend(listed.files);
                self.left_out.extend(listed.left_out);
                Ok(())
            }
            None => walk(folder, &mut self.files),
        }
    }
}

/// Without Git: all files but those that `.gitignore` names.
fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, Standing>) -> Result<()> {
    let walk = ignore::WalkBuilder::new(folder)
        .hidden(false)
        .ignore(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk {
        let entry = entry.context(format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.entry(entry.into_path()).or_default();
        }
    }
    Ok(())
}
