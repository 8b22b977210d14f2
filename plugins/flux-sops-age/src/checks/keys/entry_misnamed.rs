//! keys/entry-misnamed: A manifest makes the Secret that Flux decrypts with, without an entry that Flux looks at.
//!
//! Of that Secret Flux takes entries whose names end in `.agekey` (age) or `.asc` (OpenPGP), and
//! `sops.*` entries for key services. `age.key`, `keys.txt` or `identity` are passed over, and
//! nothing can be decrypted.
//! See <https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption>.
//!
//! Name the entry `age.agekey`.

use shared::decryption;
use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::Tree;

pub(super) const NEEDS: &[Need] = &[];

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        let secrets = file.manifests.secrets.iter().map(|secret| {
            let names: Vec<_> = secret
                .values
                .iter()
                .map(|value| (value.name.clone(), value.line))
                .collect();
            (&secret.object, secret.line, names)
        });
        let generators = file
            .manifests
            .generators
            .iter()
            .map(|one| (&one.object, one.line, one.names.clone()));
        for (object, line, names) in secrets.chain(generators) {
            if names.is_empty()
                || !is_key(seen.tree, object)
                || names.iter().any(|(name, _)| decryption::is_looked_at(name))
            {
                continue;
            }
            let line = names.iter().find_map(|(_, line)| *line).or(line);
            let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
            let text = format!(
                "has no entry whose name ends in .agekey, only {}",
                names.join(", ")
            );
            found.at(Level::Error, object.clone(), file.place(line), text);
        }
    }
}

/// Whether a Kustomization of the tree decrypts with it, or its name is the one that everybody uses.
fn is_key(tree: &Tree, object: &shared::object::ObjectRef) -> bool {
    let mut kustomizations = tree
        .files
        .iter()
        .flat_map(|file| &file.manifests.kustomizations);
    let anywhere = object.namespace().is_empty();
    object.name == shared::decryption::SECRET
        || kustomizations.any(|one| {
            one.secret.as_deref() == Some(&object.name)
                && (anywhere || one.object.namespace() == object.namespace())
        })
}
