//! secrets/age-key-missing: The key that Flux decrypts with is not there.
//!
//! `spec.decryption.secretRef` of a Kustomization names a Secret that does not exist in the
//! Kustomization's namespace. Nothing encrypted can be applied; all that depends on it waits.
//!
//! Restore the age key from its backup into a Secret of that name, with an entry whose name ends in
//! `.agekey`; the command expects the backup in a file `age.agekey`. Where there is one of that name
//! in another namespace, the command copies the key out of it.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;
use crate::checks::evidence::flux::decryption;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Kustomization), declared(Kind::Secret).lookup()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let secrets = view.all::<Secret>();
    let mut absent = Absent::default();
    for kustomization in view
        .all::<Kustomization>()
        .iter()
        .filter(|one| !one.spec.suspend)
    {
        let namespace = &kustomization.metadata.namespace;
        let decryption = kustomization.spec.decryption.as_ref();
        let key = decryption.and_then(|decryption| decryption.secret_ref.as_ref());
        if let Some(key) = key.filter(|key| view.get::<Secret>(namespace, &key.name).is_none()) {
            let missing = Kind::Secret.object(namespace, &key.name);
            let by = kustomization.reference();
            absent.add(missing, &by, "spec.decryption.secretRef", Vec::new);
        }
    }
    absent.report(found, |missing, finding| {
        let (namespace, name) = (missing.namespace(), &missing.name);
        let from = secrets.iter().find(|secret| secret.metadata.name == *name);
        let remedy = match from {
            Some(from) => {
                let other = &from.metadata.namespace;
                finding.message += &format!("; there is one in namespace {other}, where Flux does not look");
                let entry = decryption::age_entry(from).unwrap_or("age.agekey");
                // The key goes from one to the other through a pipe: no file or argument holds it.
                let template = format!("{{{{index .data {entry:?} | base64decode}}}}");
                command!(
                    "kubectl -n {} get secret {} -o go-template={} | kubectl -n {} create secret generic {} --from-file=age.agekey=/dev/stdin",
                    other, name, template, namespace, name
                )
            }
            None => command!("kubectl -n {} create secret generic {} --from-file=age.agekey", namespace, name),
        };
        finding.remedy(remedy);
    });
}
