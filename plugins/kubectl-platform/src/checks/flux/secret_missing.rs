//! flux/secret-missing: A Secret that Flux needs is not there.
//!
//! A source's credentials or certificates, the values of a HelmRelease, the variables of a
//! Kustomization, or the kubeconfig of another cluster come from a Secret that does not exist.
//! (The key that Flux decrypts with is `secrets/age-key-missing`.)
//!
//! Create it, or mend the name. Flux looks for it in the namespace of the object that names it.

use shared::facts::kinds::secret::Secret;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::flux::flux_secrets;
use crate::checks::evidence::secrets::secret_source::makers;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::Bucket),
    live(Kind::HelmRepository),
    declared(Kind::Secret).lookup(),
    declared(Kind::ExternalSecret).hint(),
    declared(Kind::SealedSecret).hint(),
    declared(Kind::Certificate).hint(),
    declared(Kind::Application).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    for named in flux_secrets::named(view) {
        let (meta, name) = (named.meta, named.name);
        if view.get::<Secret>(&meta.namespace, name).is_none() {
            let missing = Kind::Secret.object(&meta.namespace, name);
            absent.add(missing, &named.by, named.field, || makers(view, meta, name));
        }
    }
    absent.report(found, |missing, finding| {
        absent::tell_elsewhere::<Secret>(view, missing, finding);
        finding.remedy(command!("kubectl -n {} get secrets", missing.namespace()));
    });
}
