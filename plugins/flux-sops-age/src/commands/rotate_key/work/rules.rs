//! The new text of `.sops.yaml`.

use shared::failure::{Failure, Result};
use shared::sops::rules::amend::{self, Change};

use crate::commands::rotate_key::journal::Goal;
use crate::commands::rotate_key::scene::Scene;

/// What it becomes; nothing where it is as it should be.
pub(super) fn changed(scene: &Scene) -> Result<Option<String>> {
    let before = scene.config_text.as_str();
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
