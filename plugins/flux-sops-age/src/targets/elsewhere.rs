//! Files that another `.sops.yaml` rules, in a folder between them and ours: they are for a run in that folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shared::sops::rules::{self, Config};

/// Which folders have a configuration of their own.
pub(super) struct Elsewhere<'a> {
    config: &'a Config,
    /// The configuration that rules a folder, where it is another one.
    by_folder: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl<'a> Elsewhere<'a> {
    pub(super) fn of(config: &'a Config) -> Self {
        Self {
            config,
            by_folder: BTreeMap::new(),
        }
    }

    /// Whether another configuration rules a file, given by its absolute path. One that was named by another name
    /// than the usual rules all.
    pub(super) fn rules(&mut self, file: &Path) -> bool {
        let is_usual = self.config.path.ends_with(rules::NAME);
        is_usual
            && file
                .parent()
                .is_some_and(|folder| self.look(folder).is_some())
    }

    fn look(&mut self, folder: &Path) -> Option<PathBuf> {
        if folder == self.config.folder() {
            return None;
        }
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let path = folder.join(rules::NAME);
        let found = if path.is_file() {
            Some(path)
        } else {
            folder.parent().and_then(|folder| self.look(folder))
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }

    /// Says what was passed over.
    pub(super) fn tell(&self) {
        let mut configs: Vec<&PathBuf> = self.by_folder.values().flatten().collect();
        configs.sort();
        configs.dedup();
        for config in configs {
            cli::note!(
                "note: what {} rules is passed over: run the command in its folder",
                config.display()
            );
        }
    }
}
