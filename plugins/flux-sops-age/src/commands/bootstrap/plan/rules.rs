//! A rule of `.sops.yaml` that names the key.

use shared::failure::Result;
use shared::sops::rules::{Config, amend};

use super::edit::{AMEND, Edit, WRITE};
use crate::commands::bootstrap::scene::Scene;

/// The rule of a repository that has none.
const PATH: &str = r"\.enc\.yaml$";
const ENCRYPTED: &str = "^(data|stringData)$";

/// What the configuration becomes; nothing where a rule names the key already.
pub(super) fn edit(scene: &Scene, recipient: &str) -> Result<Option<Edit>> {
    let named = scene.config.as_ref().map(Config::recipients);
    if named.iter().flatten().any(|one| one.is_age(recipient)) {
        return Ok(None);
    }
    let path = &scene.repository.config_path;
    let name = scene.repository.shown(path);
    let text = scene.config_text.as_deref().unwrap_or_default();
    let example = path.with_file_name("secret.enc.yaml");
    let matching = match &scene.config {
        Some(config) => config.rule_for(&example)?,
        None => None,
    };
    let (text, verb, what) = match matching {
        Some(rule) => (
            amend::add_to_rule(text, rule.index, recipient)?,
            AMEND,
            format!("{name}: rule {} names the key", rule.index + 1),
        ),
        None => (
            amend::add_rule(text, PATH, ENCRYPTED, recipient)?,
            WRITE,
            format!("{name}: {PATH} is encrypted for the key"),
        ),
    };
    Ok(Some(Edit {
        path: path.clone(),
        found: scene.config_text.clone(),
        text,
        verb,
        what,
    }))
}
