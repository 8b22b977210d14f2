//! All that a run writes, computed before anything is written; then written in an order that may end anywhere.

mod carry_out;
mod rules;
mod tell;

use shared::decryption::AgeSecret;
use shared::failure::{Failure, Result};
use shared::sops::Format;
use zeroize::Zeroizing;

use super::identity::Held;
use super::journal::Goal;
use super::rekey::{self, Means, Rekeyed};
use super::scene::Scene;
use crate::batch::{self, Planned};
use crate::repository::Repository;
use rules::Amended;

/// What a run writes.
pub(in crate::commands::rotate_key) struct Work {
    /// Secrets that lack a key, by cluster and Secret.
    lacking: Vec<(usize, usize)>,
    /// The new texts of `.sops.yaml`.
    configs: Vec<Amended>,
    /// What files become.
    files: Vec<Planned>,
    /// Files that keep their data key.
    pub(in crate::commands::rotate_key) kept: Vec<String>,
    goal: Goal,
}

impl Work {
    /// Computes what differs from the goal.
    pub(in crate::commands::rotate_key) fn of(scene: &Scene) -> Result<Self> {
        let goal = scene.journal.goal;
        let held = needed(scene);
        let mut lacking = Vec::new();
        for (cluster, target) in scene.targets.iter().enumerate() {
            for (index, secret) in target.secrets.iter().enumerate() {
                if !has(secret, &held.recipient) {
                    held.identity()?;
                    lacking.push((cluster, index));
                }
            }
        }
        let mut work = Self {
            lacking,
            configs: rules::changed(scene)?,
            files: Vec::new(),
            kept: Vec::new(),
            goal,
        };
        work.rekey(scene)?;
        Ok(work)
    }

    fn rekey(&mut self, scene: &Scene) -> Result<()> {
        let paths = scene.paths();
        let keyring = scene.keyring();
        let (old, new) = (scene.old.recipient.as_str(), scene.new.recipient.as_str());
        let goal = self.goal;
        let results = batch::in_parallel(&paths, &|path| {
            let found = std::fs::read(path).map(Zeroizing::new).map_err(|error| {
                Failure::new(format!("cannot read it: {}", shared::failure::io(&error)))
            })?;
            refuse_read_only(path)?;
            let means = Means {
                format: Format::of_path(path),
                layout: &scene.layout,
                keyring: &keyring,
            };
            let rekeyed = match goal {
                Goal::Both => rekey::beside(&found, old, new, means),
                Goal::New => rekey::alone(&found, old, new, means),
                Goal::Old => rekey::back(&found, new, old, means),
            };
            Ok((rekeyed?, found))
        });
        for (path, result) in paths.into_iter().zip(results) {
            let shown = scene.repository.shown(&path);
            let (rekeyed, found) =
                result.map_err(|failure| failure.within(&shown).hint("nothing was changed yet"))?;
            match rekeyed {
                Rekeyed::AsItIs => {}
                Rekeyed::SameKey(text) | Rekeyed::NewKey(text) => {
                    self.files.push(Planned { path, found, text });
                }
                Rekeyed::KeptKey(text) => {
                    self.kept.push(shown);
                    self.files.push(Planned { path, found, text });
                }
            }
        }
        if self.goal == Goal::New {
            self.keep_telling(scene);
        }
        Ok(())
    }

    /// Files that an earlier run of this phase left under their data key.
    fn keep_telling(&mut self, scene: &Scene) {
        for (file, sealed) in scene.files() {
            let is_ours = sealed.metadata.is_for(&scene.new.recipient);
            if is_ours && !sealed.is_of_age() && !self.kept.contains(&file.name) {
                self.kept.push(file.name.clone());
            }
        }
    }

    /// Whether the repository changes.
    pub(in crate::commands::rotate_key) fn changes_files(&self) -> bool {
        !self.configs.is_empty() || !self.files.is_empty()
    }

    fn for_whom(&self) -> &'static str {
        match self.goal {
            Goal::Both => "for both keys",
            Goal::New => "for the new key alone",
            Goal::Old => "for the old key alone",
        }
    }

    /// The files it writes, as a person would write them.
    pub(in crate::commands::rotate_key) fn files(&self, repository: &Repository) -> Vec<String> {
        let configs = self.configs.iter().map(|config| &config.path);
        configs
            .chain(self.files.iter().map(|file| &file.path))
            .map(|path| repository.shown(path))
            .collect()
    }
}

/// The key that all Secrets must have.
fn needed(scene: &Scene) -> &Held {
    match scene.journal.goal {
        Goal::Both | Goal::New => &scene.new,
        Goal::Old => &scene.old,
    }
}

fn has(secret: &AgeSecret, recipient: &str) -> bool {
    secret.identities().any(|one| one.recipient() == recipient)
}

/// A file that cannot be replaced is found before others are.
fn refuse_read_only(path: &std::path::Path) -> Result<()> {
    let is_read_only =
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    if is_read_only {
        return Err(Failure::new("the file is read-only").exit(shared::sops::exit::WRITE));
    }
    Ok(())
}
