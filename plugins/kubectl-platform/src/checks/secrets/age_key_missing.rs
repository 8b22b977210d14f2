//! secrets/age-key-missing: The key that Flux decrypts with is not there.
//!
//! `spec.decryption.secretRef` of a Kustomization names a Secret that does not exist in the
//! Kustomization's namespace. Nothing encrypted can be applied; all that depends on it waits.
//!
//! Restore the age key from its backup into a Secret of that name, with a `.agekey` entry.

use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::Absent;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    declared(Kind::Secret).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let secrets = view.all::<Secret>();
    let mut absent = Absent::default();
    for kustomization in view.all::<Kustomization>().iter().filter(|one| !one.spec.suspend) {
        let namespace = &kustomization.metadata.namespace;
        let decryption = kustomization.spec.decryption.as_ref();
        let key = decryption.and_then(|decryption| decryption.secret_ref.as_ref());
        if let Some(key) = key.filter(|key| view.get::<Secret>(namespace, &key.name).is_none()) {
            let missing = Kind::Secret.object(namespace, &key.name);
            let by = kustomization.reference();
            absent.add(missing, &by, "spec.decryption.secretRef", Vec::new());
        }
    }
    absent.report(found, |missing, finding| {
        let (namespace, name) = (missing.namespace(), &missing.name);
        let mut others = secrets.iter().map(|secret| &secret.metadata);
        let remedy = match others.find(|other| other.name == *name) {
            Some(other) => {
                let other = &other.namespace;
                finding.message += &format!("; there is one in namespace {other}, where Flux does not look");
                format!(
                    "kubectl -n {other} get secret {name} -o yaml | sed 's/^  namespace: {other}$/  namespace: {namespace}/' | kubectl apply -f -"
                )
            }
            None => format!(
                "kubectl -n {namespace} create secret generic {name} --from-file=age.agekey"
            ),
        };
        finding.remedy(remedy);
    });
}
