//! secrets/still-encrypted: A Secret in the cluster holds ciphertext.
//!
//! It was applied as it stands in Git, encrypted with sops: past Flux, or by a Kustomization that
//! does not decrypt. Programs read `ENC[AES256_GCM,...]` for their passwords.
//!
//! Let Flux decrypt it, or apply what `sops decrypt` prints.

use shared::facts::kinds::secret::{Form, Secret};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::decryption::is_encrypted;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Secret)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for secret in view
        .all::<Secret>()
        .iter()
        .filter(|secret| is_encrypted(secret))
    {
        let is_cipher = |key: &&str| {
            secret
                .value(key)
                .is_some_and(|value| value.form == Form::SopsEncrypted)
        };
        let keys: Vec<_> = secret.keys().filter(is_cipher).collect();
        let what = match keys.as_slice() {
            [] => "a sops block".to_owned(),
            keys => format!("ENC[...] for {}", keys.join(", ")),
        };
        let meta = &secret.metadata;
        let applier = meta.label("kustomize.toolkit.fluxcd.io/name");
        let namespace = meta.label("kustomize.toolkit.fluxcd.io/namespace");
        let suspect = (!applier.is_empty()).then(|| Kind::Kustomization.object(namespace, applier));
        found
            .error(secret, format!("is still encrypted: it holds {what}"))
            .made_by(suspect)
            .remedy(command!(
                "kubectl -n {} get secret {} --show-labels",
                meta.namespace,
                meta.name
            ));
    }
}
