//! files/secret-plain: A Secret's data is not encrypted, or not all of it.
//!
//! Base64 hides nothing. In an encrypted file the rule that it was made by leaves a value of
//! `data` or `stringData` out, or somebody added the value by hand. Variables that Flux fills in
//! (`${NAME}`) are not meant.
//!
//! Encrypt with the rule `encrypted_regex: ^(data|stringData)$`; of a file that is encrypted
//! already, decrypt it first. Change the values if they were ever pushed.

use shared::finding::{Findings, Level};

use super::super::Need;
use crate::seen::Seen;
use crate::tree::{Form, ValueForm};

pub(super) const NEEDS: &[Need] = &[];

/// sops leaves what has this suffix in plain on purpose.
const ON_PURPOSE: &str = shared::sops::scope::DEFAULT_SUFFIX;

pub(super) fn run(seen: &Seen<'_>, found: &mut Findings) {
    for file in &seen.tree.files {
        let is_sealed = match &file.form {
            Form::Sealed(_) => true,
            // What a rule covers is told as such: see files/plaintext.
            Form::Plain(plain) if plain.reach.is_none() => false,
            _ => continue,
        };
        for secret in &file.manifests.secrets {
            let plain = secret.values.iter().filter(|value| {
                value.form == ValueForm::Plain && !value.name.ends_with(ON_PURPOSE)
            });
            let plain: Vec<_> = plain.collect();
            if plain.is_empty() {
                continue;
            }
            let names: Vec<_> = plain
                .iter()
                .map(|value| format!("{}.{}", value.field, value.name))
                .collect();
            let text = if is_sealed {
                format!(
                    "has values in plain in an encrypted file: {}",
                    names.join(", ")
                )
            } else {
                format!("is not encrypted: {}", names.join(", "))
            };
            found.at(
                Level::Error,
                secret.object.clone(),
                file.place(secret.line),
                text,
            );
        }
    }
}
