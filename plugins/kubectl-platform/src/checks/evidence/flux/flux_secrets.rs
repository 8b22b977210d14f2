//! The Secrets that Flux' objects name: credentials, certificates, values, variables and kubeconfigs.

use std::ops::Deref;

use shared::facts::kinds::flux_apply::{HelmRelease, KubeConfigRef, Kustomization, ValuesRef};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmRepository, OciRepository, Source,
};
use shared::facts::kinds::pod::LocalRef;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// A Secret that an object names, in the object's own namespace.
pub(in crate::checks) struct Named<'a> {
    /// Its name.
    pub(in crate::checks) name: &'a str,
    /// Who names it.
    pub(in crate::checks) by: ObjectRef,
    /// The same.
    pub(in crate::checks) meta: &'a Meta,
    /// Where.
    pub(in crate::checks) field: &'static str,
}

/// All that are named by what is not suspended and that it cannot do without.
pub(in crate::checks) fn named<'a>(view: &View<'a>) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    sources::<GitRepository>(view, &mut all);
    sources::<OciRepository>(view, &mut all);
    sources::<Bucket>(view, &mut all);
    sources::<HelmRepository>(view, &mut all);
    let kustomizations = view.all::<Kustomization>().iter();
    for one in kustomizations.filter(|one| !one.spec.suspend) {
        let variables = values(&one.spec.post_build.substitute_from);
        add(&mut all, one, variables, "spec.postBuild.substituteFrom");
        let other = kube_config(one.spec.kube_config.as_ref());
        add(&mut all, one, other, "spec.kubeConfig.secretRef");
    }
    let releases = view.all::<HelmRelease>().iter();
    for one in releases.filter(|one| !one.spec.suspend) {
        let values = values(&one.spec.values_from);
        add(&mut all, one, values, "spec.valuesFrom");
        let other = kube_config(one.spec.kube_config.as_ref());
        add(&mut all, one, other, "spec.kubeConfig.secretRef");
    }
    all
}

fn sources<'a, F: Fact + Deref<Target = Source>>(view: &View<'a>, all: &mut Vec<Named<'a>>) {
    for one in view.all::<F>() {
        if one.spec.suspend {
            continue;
        }
        for (name, field) in of_source(one) {
            add(all, one, [name], field);
        }
    }
}

/// The Secrets that a source names, each with the field.
pub(in crate::checks) fn of_source(source: &Source) -> impl Iterator<Item = (&str, &'static str)> {
    let spec = &source.spec;
    let keys = spec.verify.as_ref();
    let keys = keys.and_then(|verify| verify.secret_ref.as_ref());
    let fields = [
        (spec.secret_ref.as_ref(), "spec.secretRef"),
        (spec.cert_secret_ref.as_ref(), "spec.certSecretRef"),
        (keys, "spec.verify.secretRef"),
    ];
    let named = fields.into_iter();
    named.filter_map(|(secret, field)| Some((name(secret?), field)))
}

fn add<'a>(
    all: &mut Vec<Named<'a>>,
    by: &'a impl Fact,
    names: impl IntoIterator<Item = &'a str>,
    field: &'static str,
) {
    all.extend(names.into_iter().map(|name| Named {
        name,
        by: by.reference(),
        meta: by.meta(),
        field,
    }));
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
