//! All that a run writes, computed before anything is written; then written in an order that may end anywhere.

use std::io::Write;
use std::path::PathBuf;

use shared::age::Identity;
use shared::decryption::{self, AgeSecret};
use shared::failure::{Failure, Result};
use shared::secret::Secret;
use shared::sops::Format;
use shared::sops::amend::{self, Change};

use super::identity::{Held, shown};
use super::journal::Goal;
use super::rekey::{self, Means, Rekeyed};
use super::scene::Scene;
use crate::batch;
use crate::commands::io;
use crate::key_file;
use crate::repository::Repository;

/// What a run writes.
pub(super) struct Work {
    /// Secrets that lack a key, by cluster and Secret.
    lacking: Vec<(usize, usize)>,
    /// The new text of `.sops.yaml`.
    config: Option<String>,
    /// The new texts of files.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Files that keep their data key.
    pub(super) kept: Vec<String>,
    goal: Goal,
}

impl Work {
    /// Computes what differs from the goal.
    pub(super) fn of(scene: &Scene) -> Result<Self> {
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
            config: config(scene)?,
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
            let bytes = std::fs::read(path).map_err(|error| {
                Failure::new(format!("cannot read it: {}", shared::failure::io(&error)))
            })?;
            refuse_read_only(path)?;
            let means = Means {
                format: Format::of_path(path),
                layout: &scene.layout,
                keyring: &keyring,
            };
            match goal {
                Goal::Both => rekey::beside(&bytes, old, new, means),
                Goal::New => rekey::alone(&bytes, old, new, means),
                Goal::Old => rekey::back(&bytes, new, old, means),
            }
        });
        for (path, result) in paths.into_iter().zip(results) {
            let shown = scene.repository.shown(&path);
            let rekeyed = result.map_err(|failure| {
                let mut told = Failure::new(format!("{shown}: {failure}")).exit(failure.status());
                for hint in failure.hints() {
                    told = told.hint(hint.as_str());
                }
                told.hint("nothing was changed yet")
            })?;
            match rekeyed {
                Rekeyed::AsItIs => {}
                Rekeyed::SameKey(text) | Rekeyed::NewKey(text) => self.files.push((path, text)),
                Rekeyed::KeptKey(text) => {
                    self.kept.push(shown);
                    self.files.push((path, text));
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
        for file in &scene.files {
            let shown = scene.repository.shown(&file.path);
            let mut all = file
                .metadata
                .groups
                .iter()
                .flat_map(|group| &group.recipients);
            let is_ours = crate::repository::encrypted::names(&file.metadata, &scene.new.recipient);
            if is_ours && all.any(|one| one.kind() != "age") && !self.kept.contains(&shown) {
                self.kept.push(shown);
            }
        }
    }

    /// Whether the repository changes.
    pub(super) fn changes_files(&self) -> bool {
        self.config.is_some() || !self.files.is_empty()
    }

    /// Prints what would be done.
    pub(super) fn tell(&self, scene: &Scene, out: &mut impl Write) -> std::io::Result<()> {
        let held = needed(scene);
        if held.is_new {
            writeln!(
                out,
                "would make a key, and keep it in {}",
                scene.key_file.path.display()
            )?;
        }
        for (cluster, index) in &self.lacking {
            let target = &scene.targets[*cluster];
            let of = target.cluster.of_several(scene.targets.len());
            writeln!(
                out,
                "would add it to Secret {}{of}",
                target.secrets[*index].place
            )?;
        }
        if self.config.is_some() {
            let path = scene.repository.shown(&scene.repository.config_path);
            writeln!(out, "would change {path}: {}", self.for_whom())?;
        }
        for (path, _) in &self.files {
            let path = scene.repository.shown(path);
            writeln!(out, "would encrypt {path} {}", self.for_whom())?;
        }
        for path in &self.kept {
            writeln!(
                out,
                "{path} keeps its data key: it has recipients of other kinds than age's"
            )?;
        }
        if scene.journal.goal != Goal::Both || scene.only_this_cluster {
            writeln!(
                out,
                "would take {} from the cluster once it has reconciled a revision without it",
                scene.leaving()
            )?;
        }
        out.flush()
    }

    fn for_whom(&self) -> &'static str {
        match self.goal {
            Goal::Both => "for both keys",
            Goal::New => "for the new key alone",
            Goal::Old => "for the old key alone",
        }
    }

    /// Writes it all down.
    pub(super) async fn carry_out(&self, scene: &mut Scene, out: &mut impl Write) -> Result<()> {
        if needed(scene).is_new {
            scene.key_file.refuse_git()?;
        }
        scene.journal.save(&scene.repository)?;
        if scene.new.is_new {
            let identity = scene.new.identity()?.clone();
            let purpose = format!("in the place of {}", shown(&scene.old.recipient));
            scene.key_file.add(&identity, &purpose)?;
            tell(
                out,
                &format!(
                    "made a key, kept in {}: {}",
                    scene.key_file.path.display(),
                    shown(&scene.new.recipient)
                ),
            );
        }
        for (cluster, index) in &self.lacking {
            let identity = needed(scene).identity()?.clone();
            let several = scene.targets.len();
            let target = &mut scene.targets[*cluster];
            let of = target.cluster.of_several(several);
            let secret = &mut target.secrets[*index];
            *secret = add(&target.cluster.connected, secret, &identity).await?;
            tell(
                out,
                &format!("added the key to Secret {}{of}", secret.place),
            );
        }
        if let Some(text) = &self.config {
            io::replace(&scene.repository.config_path, text.as_bytes())?;
            let path = scene.repository.shown(&scene.repository.config_path);
            tell(out, &format!("changed {path}: {}", self.for_whom()));
        }
        for (path, text) in &self.files {
            io::replace(path, text)?;
        }
        if !self.files.is_empty() {
            tell(
                out,
                &format!("encrypted {}: {} files", self.for_whom(), self.files.len()),
            );
        }
        Ok(())
    }

    /// The files it writes, as a person would write them.
    pub(super) fn files(&self, repository: &Repository) -> Vec<String> {
        let config = self.config.iter().map(|_| &repository.config_path);
        config
            .chain(self.files.iter().map(|(path, _)| path))
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

fn config(scene: &Scene) -> Result<Option<String>> {
    let before = scene.repository.config_text.as_deref().unwrap_or_default();
    let (old, new) = (scene.old.recipient.as_str(), scene.new.recipient.as_str());
    let changes = match scene.journal.goal {
        Goal::Both => vec![Change::Beside(old, new)],
        Goal::New => vec![Change::Beside(old, new), Change::Without(old)],
        Goal::Old => vec![Change::Beside(new, old), Change::Without(new)],
    };
    let mut text = before.to_owned();
    for change in changes {
        text = amend::change_recipients(&text, change).map_err(|failure| {
            let path = scene.repository.shown(&scene.repository.config_path);
            Failure::new(format!("{path}: {failure}"))
        })?;
    }
    Ok((text != before).then_some(text))
}

async fn add(
    cluster: &shared::kube::Cluster,
    before: &AgeSecret,
    identity: &Identity,
) -> Result<AgeSecret> {
    let text = key_file::entry(identity, &format!("Secret {}", before.place));
    let data_key = decryption::data_key(Some(before), &identity.recipient());
    let entries = [(data_key, Secret::from(text.as_str()))];
    let added = decryption::add(&cluster.api, &before.place, Some(before), &entries).await;
    added.map_err(|refusal| {
        decryption::refused(
            &format!("apply Secret {}", before.place),
            &cluster.server,
            &refusal,
        )
    })
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

/// Says that something was done. Where nobody listens, it is done all the same.
fn tell(out: &mut impl Write, line: &str) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
