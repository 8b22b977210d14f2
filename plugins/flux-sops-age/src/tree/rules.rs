//! The `.sops.yaml` that rules a file: the next one upward from its folder, or the one that was named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use shared::failure::{Exit, Failure, Result};
use shared::sops::rules::{self, Config, CreationRule};

use crate::repository::{Repository, absolute};

/// A configuration, or why it is none.
pub(crate) struct Rules {
    /// The path as the user would write it.
    pub(crate) name: String,
    pub(crate) config: Result<Config, Failure>,
    path: PathBuf,
}

/// What the rules say of a file.
pub(crate) enum Covered {
    /// There is no configuration.
    NoRules,
    /// The configuration is malformed, or the rule that covers it.
    Unknown,
    /// No rule covers it: the configuration's name.
    ByNone(String),
    /// A rule covers it: the configuration's name, and the rule.
    By(String, CreationRule),
}

/// All configurations that were needed so far.
pub(crate) struct RuleBook<'a> {
    repository: &'a Repository,
    named: Option<Arc<Rules>>,
    by_folder: Mutex<BTreeMap<PathBuf, Option<Arc<Rules>>>>,
}

impl<'a> RuleBook<'a> {
    /// Reads the configuration that is named.
    ///
    /// # Errors
    /// When it cannot be read: then nothing can be judged.
    pub(super) fn new(repository: &'a Repository, named: Option<&Path>) -> Result<Self> {
        let read = |path: &Path| -> Result<Arc<Rules>> {
            let config = Config::load(path);
            let config = config.map_err(|failure| failure.exit(Exit::CouldNotRun))?;
            let path = absolute(&repository.here, path);
            Ok(Arc::new(Rules {
                name: repository.shown(&path),
                config: Ok(config),
                path,
            }))
        };
        Ok(Self {
            repository,
            named: named.map(read).transpose()?,
            by_folder: Mutex::default(),
        })
    }

    /// The configuration for a file, given by its absolute path.
    pub(super) fn of(&self, file: &Path) -> Option<Arc<Rules>> {
        match &self.named {
            Some(named) => Some(Arc::clone(named)),
            None => self.of_folder(file.parent()?),
        }
    }

    fn of_folder(&self, folder: &Path) -> Option<Arc<Rules>> {
        if let Some(known) = self.by_folder.lock().ok()?.get(folder) {
            return known.clone();
        }
        let path = folder.join(rules::NAME);
        let found = if path.is_file() {
            Some(Arc::new(Rules {
                name: self.repository.shown(&path),
                config: Config::load(&path),
                path,
            }))
        } else {
            folder.parent().and_then(|folder| self.of_folder(folder))
        };
        let mut known = self.by_folder.lock().ok()?;
        // Another thread may have read it meanwhile: one configuration is there once.
        known.entry(folder.to_owned()).or_insert(found).clone()
    }

    /// All configurations.
    pub(super) fn into_rules(self) -> Vec<Rules> {
        let folders = self.by_folder.into_inner().unwrap_or_default();
        let all = folders.into_values().flatten().chain(self.named);
        all.filter_map(Arc::into_inner).collect()
    }
}

impl Rules {
    /// What is wrong with it: as a whole, or with its rules.
    pub(crate) fn faults(&self) -> Vec<String> {
        let all = match &self.config {
            Err(failure) => vec![failure.to_string()],
            Ok(config) => config.faults().iter().map(Failure::to_string).collect(),
        };
        let shown = |text: String| match text.rsplit_once(".sops.yaml: ") {
            Some((_, why)) => why.to_owned(),
            None => text,
        };
        all.into_iter().map(shown).collect()
    }

    /// The folder of the configuration.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.path.parent()
    }

    /// The rule for a file, given by its absolute path; none where no rule covers it.
    pub(super) fn rule_for(&self, file: &Path) -> Option<CreationRule> {
        self.config.as_ref().ok()?.rule_for(file).ok().flatten()
    }

    /// What is said of a file, given by its absolute path.
    pub(super) fn covered(&self, file: &Path) -> Covered {
        let name = self.name.clone();
        match &self.config {
            Err(_) => Covered::Unknown,
            Ok(config) if !config.has_rules() => Covered::NoRules,
            Ok(config) => match config.rule_for(file) {
                Ok(Some(rule)) => Covered::By(name, rule),
                Ok(None) => Covered::ByNone(name),
                Err(_) => Covered::Unknown,
            },
        }
    }
}
