//! flux/secret-missing: A Secret that Flux needs is not there.
//!
//! A source's credentials or certificates, the values of a HelmRelease, the variables of a
//! Kustomization, or the kubeconfig of another cluster come from a Secret that does not exist.
//! (The key that Flux decrypts with is `secrets/age-key-missing`.)
//!
//! Create it, or mend the name. Flux looks for it in the namespace of the object that names it.

use shared::facts::kinds::flux_apply::{HelmRelease, KubeConfigRef, Kustomization, ValuesRef};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmRepository, OciRepository, Source,
};
use shared::facts::kinds::pod::LocalRef;
use shared::facts::kinds::secret::Secret;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::absent::{self, Absent};
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::secret_source::makers;

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
    sources::<GitRepository>(view, &mut absent);
    sources::<OciRepository>(view, &mut absent);
    sources::<Bucket>(view, &mut absent);
    sources::<HelmRepository>(view, &mut absent);
    for one in view
        .all::<Kustomization>()
        .iter()
        .filter(|one| !one.spec.suspend)
    {
        let names = values(&one.spec.post_build.substitute_from);
        look(
            view,
            &mut absent,
            one,
            names,
            "spec.postBuild.substituteFrom",
        );
        look(
            view,
            &mut absent,
            one,
            kube_config(one.spec.kube_config.as_ref()),
            "spec.kubeConfig.secretRef",
        );
    }
    for one in view
        .all::<HelmRelease>()
        .iter()
        .filter(|one| !one.spec.suspend)
    {
        look(
            view,
            &mut absent,
            one,
            values(&one.spec.values_from),
            "spec.valuesFrom",
        );
        look(
            view,
            &mut absent,
            one,
            kube_config(one.spec.kube_config.as_ref()),
            "spec.kubeConfig.secretRef",
        );
    }
    absent.report(found, |missing, finding| {
        absent::tell_elsewhere::<Secret>(view, missing, finding);
        finding.remedy(command!("kubectl -n {} get secrets", missing.namespace()));
    });
}

fn sources<F: Fact + std::ops::Deref<Target = Source>>(view: &View<'_>, absent: &mut Absent) {
    for source in view.all::<F>().iter().filter(|source| !source.spec.suspend) {
        let (secret, certificate) = (
            source.spec.secret_ref.as_ref(),
            source.spec.cert_secret_ref.as_ref(),
        );
        look(view, absent, source, secret.map(name), "spec.secretRef");
        look(
            view,
            absent,
            source,
            certificate.map(name),
            "spec.certSecretRef",
        );
        let keys = source
            .spec
            .verify
            .as_ref()
            .and_then(|verify| verify.secret_ref.as_ref());
        look(
            view,
            absent,
            source,
            keys.map(name),
            "spec.verify.secretRef",
        );
    }
}

fn look<'n>(
    view: &View<'_>,
    absent: &mut Absent,
    by: &impl Fact,
    names: impl IntoIterator<Item = &'n str>,
    field: &str,
) {
    let meta = by.meta();
    for name in names {
        if view.get::<Secret>(&meta.namespace, name).is_none() {
            let missing = Kind::Secret.object(&meta.namespace, name);
            absent.add(missing, &by.reference(), field, makers(view, meta, name));
        }
    }
}

fn values(from: &[ValuesRef]) -> impl Iterator<Item = &str> {
    let secrets = from
        .iter()
        .filter(|from| from.kind == "Secret" && !from.optional);
    secrets.map(|from| from.name.as_str())
}

fn kube_config(from: Option<&KubeConfigRef>) -> Option<&str> {
    from.and_then(|from| from.secret_ref.as_ref()).map(name)
}

fn name(reference: &LocalRef) -> &str {
    &reference.name
}
