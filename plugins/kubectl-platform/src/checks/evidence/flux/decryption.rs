//! The Secrets that Flux decrypts with.

use shared::facts::View;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::{Form, Secret};
use shared::facts::meta::condition;

/// Each Secret that Kustomizations name as their key, once, with those that do.
pub(in crate::checks) fn keys<'a>(view: &View<'a>) -> Vec<(&'a Secret, Vec<&'a Kustomization>)> {
    let mut all: Vec<(&Secret, Vec<&Kustomization>)> = Vec::new();
    for kustomization in view.all::<Kustomization>() {
        let decryption = kustomization.spec.decryption.as_ref();
        let key = decryption.and_then(|decryption| decryption.secret_ref.as_ref());
        let namespace = &kustomization.metadata.namespace;
        let Some(secret) = key.and_then(|key| view.get::<Secret>(namespace, &key.name)) else {
            continue;
        };
        match all.iter_mut().find(|(known, _)| *known == secret) {
            Some((_, used_by)) => used_by.push(kustomization),
            None => all.push((secret, vec![kustomization])),
        }
    }
    all
}

/// Kustomizations by their names, for a message.
pub(in crate::checks) fn told(all: &[&Kustomization]) -> String {
    let names: Vec<_> = all.iter().map(|one| one.metadata.name.as_str()).collect();
    match names.as_slice() {
        [one] => format!("Kustomization {one}"),
        names => format!("Kustomizations {}", names.join(", ")),
    }
}

/// Whether a Kustomization fails because no key that it has opens what it decrypts.
pub(in crate::checks) fn is_refused(kustomization: &Kustomization) -> bool {
    const WORDS: &[&str] = &[
        "no identity matched any of the recipients",
        "Error getting data key: 0 successful groups required",
        "cannot get sops data key",
        "failed to decrypt sops data key",
    ];
    let ready = condition(&kustomization.status.conditions, "Ready").filter(|c| c.is_false());
    ready.is_some_and(|ready| WORDS.iter().any(|word| ready.message.contains(word)))
}

/// The entry of a Secret that holds an age key, under whatever name.
pub(in crate::checks) fn age_entry(secret: &Secret) -> Option<&str> {
    let is_key = |entry: &&str| {
        let value = secret.value(entry);
        value.is_some_and(|value| value.form == Form::AgeIdentity)
    };
    secret.keys().find(is_key)
}

/// Whether a Secret holds what sops encrypted, where a program expects the plain value.
pub(in crate::checks) fn is_encrypted(secret: &Secret) -> bool {
    let mut forms = secret.keys().filter_map(|key| secret.value(key));
    secret.sops.is_some() || forms.any(|value| value.form == Form::SopsEncrypted)
}
