//! files/entry-name-refused: A Secret has an entry with a name that Kubernetes refuses.
//!
//! Names in `data` and `stringData` are made of letters, digits, `-`, `_` and `.`; mostly there is
//! a space in one, at its end too. Names stay in plain, so this is told without a key. Flux
//! cannot apply the Secret.
//!
//! Rename the entry: `flux sops-age edit FILE`.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::entry_name;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        for secret in &file.manifests.secrets {
            for value in secret
                .values
                .iter()
                .filter(|value| !is_allowed(&value.name))
            {
                let what = if value.name.contains(' ') {
                    "with a space in its name"
                } else {
                    "whose name Kubernetes refuses"
                };
                let text = format!("has an entry {what}: {:?}", value.name);
                found.at(
                    Level::Error,
                    secret.object.clone(),
                    file.place(value.line),
                    text,
                );
            }
        }
        for generator in &file.manifests.generators {
            for (name, line) in generator.names.iter().filter(|(name, _)| !is_allowed(name)) {
                let text =
                    format!("is generated with an entry whose name Kubernetes refuses: {name:?}");
                found.at(
                    Level::Error,
                    generator.object.clone(),
                    file.place(*line),
                    text,
                );
            }
        }
    }
}

/// What a template is to make of it nobody knows here.
fn is_allowed(name: &str) -> bool {
    let is_template = name.contains("${") || name.contains("{{");
    is_template || entry_name::is_allowed(name)
}
