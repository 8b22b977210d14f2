//! Which files of a folder may hold manifests, those that links lead to included.

use std::collections::BTreeSet;
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};

use super::kustomize;
use crate::failure::{Context, Failure, Result};
use crate::source::content::unreadable;

/// All files below a folder that may hold manifests, by name; what is hidden is passed over.
#[derive(Default)]
pub(super) struct Manifests {
    pub(super) paths: Vec<PathBuf>,
    /// Links that lead nowhere.
    pub(super) broken: Vec<Failure>,
    links: Vec<PathBuf>,
    /// Files and folders that were come across, each by the one path that has no link in it.
    seen: BTreeSet<PathBuf>,
}

impl Manifests {
    /// # Errors
    /// When a folder cannot be read.
    pub(super) fn below(folder: &Path) -> Result<Self> {
        let mut found = Self::default();
        let root = real(folder)?;
        found.add_folder(folder, &root)?;
        // What is not linked goes by its own name; then what only links lead to, once.
        while !found.links.is_empty() {
            let mut links = mem::take(&mut found.links);
            links.sort();
            for link in links {
                found.add_link(&link, &root)?;
            }
        }
        found.paths.sort();
        Ok(found)
    }

    fn add_folder(&mut self, folder: &Path, real: &Path) -> Result<()> {
        if !self.seen.insert(real.to_owned()) {
            return Ok(());
        }
        let unreadable = || format!("cannot read {}", folder.display());
        // Templates of a chart are no manifests until Helm has filled them in.
        let is_chart = folder.join("Chart.yaml").is_file();
        for entry in fs::read_dir(folder).context(unreadable())? {
            let entry = entry.context(unreadable())?;
            let (path, name) = (entry.path(), entry.file_name());
            let kind = entry
                .file_type()
                .context(format!("cannot read {}", path.display()))?;
            if name.to_string_lossy().starts_with('.') || is_chart && name == "templates" {
                continue;
            }
            if kind.is_symlink() {
                self.links.push(path);
            } else if kind.is_dir() {
                self.add_folder(&path, &real.join(name))?;
            } else if kind.is_file() {
                self.add_file(path, real.join(name));
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: PathBuf, real: PathBuf) {
        if may_hold_manifests(&path) && self.seen.insert(real) {
            self.paths.push(path);
        }
    }

    /// A link to what holds the root leads out of what was asked for.
    fn add_link(&mut self, link: &Path, root: &Path) -> Result<()> {
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) => {
                if may_hold_manifests(link) {
                    self.broken.push(unreadable(link, &error));
                }
                return Ok(());
            }
        };
        if target.is_file() {
            self.add_file(link.to_owned(), target);
        } else if target.is_dir() && !root.starts_with(&target) {
            self.add_folder(link, &target)?;
        }
        Ok(())
    }
}

fn real(folder: &Path) -> Result<PathBuf> {
    fs::canonicalize(folder).context(format!("cannot read {}", folder.display()))
}

fn may_hold_manifests(path: &Path) -> bool {
    let suffix = path.extension().unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| suffix == *known)
        || kustomize::NAMES.iter().any(|known| name == *known)
}
