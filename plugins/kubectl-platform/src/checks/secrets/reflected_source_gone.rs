//! secrets/reflected-source-gone: The Secret that copies were made of is not there any more.
//!
//! Reflector copied it to other namespaces. The copies that are left are as old as its last version: they
//! follow no change, and no other namespace gets one.
//! See <https://github.com/emberstack/kubernetes-reflector>.
//!
//! Bring the Secret back, or delete the copies where nothing needs them any more.

use shared::facts::kinds::secret::Secret;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::secrets::{reflector, secret_source};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Secret),
    declared(Kind::ExternalSecret).hint(),
    declared(Kind::SealedSecret).hint(),
    declared(Kind::Certificate).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
    declared(Kind::HelmRelease).hint(),
    declared(Kind::Kustomization).hint(),
    declared(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for copy in view.all::<Secret>() {
        let source = reflector::mark(&copy.metadata, "reflects");
        let Some((namespace, name)) = source.split_once('/') else {
            continue;
        };
        if view.get::<Secret>(namespace, name).is_some() {
            continue;
        }
        let missing = Kind::Secret.object(namespace, name);
        let beside = Meta {
            namespace: namespace.into(),
            ..Meta::default()
        };
        let told =
            format!("Secret {name} does not exist any more, and Reflector has made copies of it");
        found
            .missing(Level::Error, missing.clone(), told)
            .made_by(secret_source::makers(view, &beside, name))
            .remedy(command!("kubectl -n {} get secrets", namespace));
        let told = format!("is a copy of {missing}, which does not exist any more");
        found.error(copy, told).blame(missing).remedy(command!(
            "kubectl -n {} get secret {} -o jsonpath='{{.metadata.annotations}}'",
            copy.metadata.namespace,
            copy.reference().name
        ));
    }
}
