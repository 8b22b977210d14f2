//! secrets/age-key-refused: The key in the cluster does not open what is in Git.
//!
//! Flux has an age key, but what it is to decrypt was encrypted to other recipients: the key was
//! replaced in one place only, or a file was encrypted with another `.sops.yaml`.
//!
//! Compare the recipients of the files with the public key of the Secret. Then put the right key
//! into the Secret, or run `flux sops-age updatekeys` on the files.

use shared::decryption::is_of_age;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Form;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::decryption;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization), declared(Kind::Secret).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (secret, used_by) in decryption::keys(view) {
        let (refused, others): (Vec<_>, Vec<_>) = used_by
            .into_iter()
            .partition(|one| decryption::is_refused(one));
        let is_key = secret.keys().any(|entry| {
            let form = secret.value(entry).map(|value| value.form);
            is_of_age(entry) && form == Some(Form::AgeIdentity)
        });
        // Where it opens what others hold of the same revision, one file is at fault, not the key.
        let opens =
            |other: &&Kustomization| refused.iter().any(|one| is_at_revision_of(other, one));
        if refused.is_empty() || !is_key || others.iter().any(opens) {
            continue;
        }
        let text = format!(
            "none of its keys opens what it is to decrypt for {}: the files were encrypted to others",
            decryption::told(&refused)
        );
        found
            .error(secret, text)
            .remedy(remedy::describe(&secret.reference()));
    }
}

fn is_at_revision_of(other: &Kustomization, one: &Kustomization) -> bool {
    let ready = condition(&other.status.conditions, "Ready");
    ready.is_some_and(|ready| ready.is_true())
        && other.status.last_applied_revision == one.status.last_attempted_revision
}
