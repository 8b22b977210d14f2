//! The new texts of `.sops.yaml`: of the repository's, and of those in folders below that name the key too.

use std::path::{Path, PathBuf};

use shared::failure::{Failure, Result};
use shared::sops::rules::amend::{self, Change};

use crate::commands::rotate_key::journal::Goal;
use crate::commands::rotate_key::scene::Scene;

/// What a configuration becomes.
pub(super) struct Amended {
    pub(super) path: PathBuf,
    pub(super) found: String,
    pub(super) text: String,
}

/// What they become: those that are not as they should be.
pub(super) fn changed(scene: &Scene) -> Result<Vec<Amended>> {
    let mut all = Vec::new();
    let ours = scene.repository.config_path.as_path();
    all.extend(amended(scene, ours, scene.config_text.clone())?);
    for path in scene.other_configs() {
        let found = std::fs::read_to_string(path).map_err(|error| {
            let why = shared::failure::io(&error);
            Failure::new(format!(
                "cannot read {}: {why}",
                scene.repository.shown(path)
            ))
        })?;
        all.extend(amended(scene, path, found)?);
    }
    Ok(all)
}

fn amended(scene: &Scene, path: &Path, found: String) -> Result<Option<Amended>> {
    let (old, new) = (scene.old.recipient.as_str(), scene.new.recipient.as_str());
    let changes = match scene.journal.goal {
        Goal::Both => vec![Change::Beside(old, new)],
        Goal::New => vec![Change::Beside(old, new), Change::Without(old)],
        Goal::Old => vec![Change::Beside(new, old), Change::Without(new)],
    };
    let mut text = found.clone();
    for change in changes {
        text = amend::change_recipients(&text, change)
            .map_err(|failure| failure.of(Path::new(&scene.repository.shown(path))))?;
    }
    Ok((text != found).then(|| Amended {
        path: path.to_owned(),
        found,
        text,
    }))
}
