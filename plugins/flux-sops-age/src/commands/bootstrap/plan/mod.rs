//! What is missing.

mod carry_out;
mod edit;
mod kustomizations;
mod rules;

use std::io::Write;
use std::path::Path;

use shared::age::shown;
use shared::decryption::{self, AgeSecret};
use shared::failure::{Exit, Failure, Result};

use super::Bootstrap;
use super::choose::Key;
use super::scene::Scene;
use crate::repository::Repository;
use edit::Edit;

/// A data key that a cluster lacks.
struct Added {
    target: usize,
    data_key: String,
}

/// All that is missing.
pub(in crate::commands::bootstrap) struct Plan {
    keep: Option<String>,
    namespaces: Vec<usize>,
    added: Vec<Added>,
    edits: Vec<Edit>,
    lines: Vec<String>,
}

impl Plan {
    /// Finds out what is missing.
    pub(in crate::commands::bootstrap) fn of(
        arguments: &Bootstrap,
        scene: &Scene,
        key: &Key,
    ) -> Result<Self> {
        let mut plan = Self {
            keep: None,
            namespaces: Vec::new(),
            added: Vec::new(),
            edits: Vec::new(),
            lines: Vec::new(),
        };
        if key.is_new {
            scene.key_file.refuse_git()?;
            plan.keep = Some(format!(
                "make a key, and keep it in {}: {}",
                scene.key_file.path.display(),
                shown(&key.recipient())
            ));
        }
        let several = scene.targets.len();
        for (index, target) in scene.targets.iter().enumerate() {
            let of = target.cluster.of_several(several);
            if target.lacks_namespace {
                if !arguments.create_namespace {
                    return Err(Failure::new(format!(
                        "there is no such namespace{of}: {}",
                        scene.place.namespace
                    ))
                    .hint("install Flux first, or make it: --create-namespace")
                    .exit(Exit::Failed));
                }
                plan.lines
                    .push(format!("make namespace {}{of}", scene.place.namespace));
                plan.namespaces.push(index);
            }
            if let Some(data_key) = missing(target.secret.as_ref(), &key.recipient()) {
                plan.lines
                    .push(format!("apply Secret {}{of}: {data_key}", scene.place));
                plan.added.push(Added {
                    target: index,
                    data_key,
                });
            }
        }
        plan.edits.extend(rules::edit(scene, &key.recipient())?);
        plan.edits.extend(kustomizations::edits(arguments, scene)?);
        let edits = plan.edits.iter().map(Edit::planned);
        plan.lines.extend(edits);
        Ok(plan)
    }

    /// Prints what would be done.
    pub(in crate::commands::bootstrap) fn tell(&self, out: &mut impl Write) -> std::io::Result<()> {
        let lines: Vec<&String> = self.keep.iter().chain(&self.lines).collect();
        if lines.is_empty() {
            writeln!(out, "nothing is missing")?;
        }
        for line in lines {
            writeln!(out, "would {line}")?;
        }
        out.flush()
    }

    /// Whether no Kustomization of the repository decrypts, even now.
    pub(in crate::commands::bootstrap) fn leaves_nobody(&self, scene: &Scene) -> bool {
        let config = &scene.repository.config_path;
        let mut declared = scene.tree.kustomizations();
        !declared.any(|(_, one)| one.decrypts) && self.written().all(|path| path == config)
    }

    /// The files it writes.
    pub(in crate::commands::bootstrap) fn written(&self) -> impl Iterator<Item = &Path> {
        self.edits.iter().map(|edit| edit.path.as_path())
    }

    /// The same, as a person would write them.
    pub(in crate::commands::bootstrap) fn files(&self, repository: &Repository) -> Vec<String> {
        self.written().map(|path| repository.shown(path)).collect()
    }
}

/// The name of the data key to add; none where the controller reads the key already.
fn missing(secret: Option<&AgeSecret>, recipient: &str) -> Option<String> {
    let Some(secret) = secret else {
        return Some(decryption::data_key(None, recipient));
    };
    let is_read = secret.recipients().iter().any(|one| one == recipient);
    (!is_read).then(|| decryption::data_key(Some(secret), recipient))
}
