//! secrets/age-key-invalid: An entry of the Secret that Flux decrypts with holds no age key.
//!
//! An entry whose name ends in `.agekey` must hold age identities (`AGE-SECRET-KEY-1...`), with
//! comments at most. Flux refuses the whole Secret if one such entry holds anything else: the
//! public key (`age1...`), nothing, or text that is still encrypted.
//!
//! Store the private key, as `age-keygen` or `flux sops-age keygen` wrote it.

use shared::decryption::is_of_age;
use shared::facts::kinds::secret::Form;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::decryption;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization), declared(Kind::Secret).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for (secret, used_by) in decryption::keys(view) {
        for entry in secret.keys().filter(|entry| is_of_age(entry)) {
            let form = secret
                .value(entry)
                .map(|value| value.form)
                .unwrap_or_default();
            let holds = match form {
                Form::AgeIdentity => continue,
                Form::Empty => "is empty",
                Form::AgeRecipient => "holds a public key (age1...), not the private one",
                Form::SopsEncrypted => "is still encrypted",
                Form::Pem | Form::Json | Form::Other => "holds no age identity",
            };
            let text = format!(
                "entry {entry} {holds}; it is the key of {}",
                decryption::told(&used_by)
            );
            found
                .error(secret, text)
                .remedy(remedy::describe(&secret.reference()));
        }
    }
}
