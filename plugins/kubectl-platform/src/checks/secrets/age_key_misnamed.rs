//! secrets/age-key-misnamed: The Secret that Flux decrypts with has no entry that Flux looks at.
//!
//! Of a decryption Secret Flux takes entries whose names end in `.agekey` (age) or `.asc` (OpenPGP),
//! and `sops.*` entries for key services. An age key under any other name is not used.
//! See <https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption>.
//!
//! Store the key again under a name such as `age.agekey`; the command renames the entry.

use shared::decryption::is_looked_at;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::decryption;
use crate::checks::evidence::words::remedy::{self, command};

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization), declared(Kind::Secret).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (secret, used_by) in decryption::keys(view) {
        // A Secret without any entry looks like one that nobody looked into: its users tell them apart.
        let is_refused = used_by.iter().any(|one| decryption::is_refused(one));
        if !(secret.keys_known() || is_refused) || secret.keys().any(is_looked_at) {
            continue;
        }
        let entries: Vec<_> = secret.keys().collect();
        let has = match entries.as_slice() {
            [] => "no entry at all".to_owned(),
            entries => format!("only {}", entries.join(", ")),
        };
        let text = format!(
            "has {has}, no entry whose name ends in .agekey; it is the key of {}",
            decryption::told(&used_by)
        );
        found.error(secret, text).remedy(remedy(secret));
    }
}

/// Renames the entry: what is not applied, but replaced, leaves no copy of the key in an annotation.
fn remedy(secret: &Secret) -> String {
    // In a program of sed a name may stand that means nothing to it.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let is_name = |entry: &&str| entry.chars().all(is_plain);
    let Some(entry) = decryption::age_entry(secret).filter(is_name) else {
        return remedy::describe(&secret.reference());
    };
    let (namespace, name) = (&secret.metadata.namespace, &secret.metadata.name);
    let rename = format!("s/  {entry}:/  age.agekey:/");
    command!(
        "kubectl -n {} get secret {} -o yaml | sed {} | kubectl replace -f -",
        namespace,
        name,
        rename
    )
}
