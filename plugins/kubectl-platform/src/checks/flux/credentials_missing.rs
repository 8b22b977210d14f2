//! flux/credentials-missing: What Flux signs in with elsewhere is not there.
//!
//! A notification Provider, a Receiver or an image repository names a Secret that does not exist: no
//! message is sent, no call from outside is taken, or no new image is seen.
//!
//! Create the Secret in the namespace of the object that names it, or mend the name.

use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::secrets::secret_source::makers;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    declared(Kind::Secret).lookup(),
    declared(Kind::ExternalSecret).hint(),
    declared(Kind::SealedSecret).hint(),
    declared(Kind::Certificate).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    declared(Kind::Application).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut absent = Absent::default();
    let all = view.all::<Custom>().iter();
    for one in all.filter(|one| one.group().ends_with(".toolkit.fluxcd.io")) {
        for field in ["secretRef.name", "certSecretRef.name"] {
            let (meta, name) = (&one.metadata, one.spec.text(field));
            let is_needed = !name.is_empty() && !one.spec.is_true("suspend");
            if is_needed && view.get::<Secret>(&meta.namespace, name).is_none() {
                let missing = Kind::Secret.object(&meta.namespace, name);
                let makers = || makers(view, meta, name);
                absent.add(missing, &one.reference(), &format!("spec.{field}"), makers);
            }
        }
    }
    absent.report(found, |missing, finding| {
        absent::tell_elsewhere::<Secret>(view, missing, finding);
        finding.remedy(command!("kubectl -n {} get secrets", missing.namespace()));
    });
}
