//! secrets/decryption-not-configured: A Kustomization applies encrypted files and does not decrypt.
//!
//! What it describes is encrypted with sops, but `spec.decryption` is not set. kustomize-controller
//! refuses such Secrets, and other objects reach the cluster as ciphertext.
//!
//! Set `spec.decryption` to `{provider: sops, secretRef: {name: sops-age}}`, in Git. The command does it in the cluster:
//! that helps at once, but where the Kustomization is itself applied by another one, only until that one's next run.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::meta::condition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::decryption::is_encrypted;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization), live(Kind::Secret).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let secrets = view
        .all::<Secret>()
        .iter()
        .filter(|secret| is_encrypted(secret));
    let encrypted: Vec<_> = secrets.map(|secret| &secret.metadata).collect();
    for kustomization in view.all::<Kustomization>() {
        let meta = &kustomization.metadata;
        let ready = condition(&kustomization.status.conditions, "Ready");
        let refused = ready.filter(|ready| ready.message.contains("is SOPS encrypted"));
        let applied = encrypted.iter().find(|secret| {
            secret.label("kustomize.toolkit.fluxcd.io/name") == meta.name
                && secret.label("kustomize.toolkit.fluxcd.io/namespace") == meta.namespace
        });
        let what = match (refused, applied) {
            (Some(refused), _) => refused.message.to_string(),
            (None, Some(secret)) => format!("applied Secret {} still encrypted", secret.name),
            (None, None) => continue,
        };
        if kustomization.spec.decryption.is_some() {
            continue;
        }
        let by = meta.label("kustomize.toolkit.fluxcd.io/name");
        let lasts = match by {
            "" => String::new(),
            by => {
                format!("; set it in Git too: Kustomization {by} takes back what is changed here")
            }
        };
        found
            .error(
                kustomization,
                format!("spec.decryption is not set: {what}{lasts}"),
            )
            .remedy(command!("kubectl -n {} patch kustomization {} --type merge -p '{{\"spec\":{{\"decryption\":{{\"provider\":\"sops\",\"secretRef\":{{\"name\":\"sops-age\"}}}}}}}}'", meta.namespace, meta.name));
    }
}
