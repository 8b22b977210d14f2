//! What should have made a Secret that is not there: an ExternalSecret, a SealedSecret, a
//! Certificate, Reflector, or whoever applied what needs it.
//!
//! A check that uses this hints at `ExternalSecret`, `SealedSecret`, `Certificate`, `Secret`,
//! `Deployment` and `StatefulSet`, and for the appliers at `HelmRelease`, `Kustomization` and
//! `Application`.

use shared::facts::kinds::argo::{Application, ApplicationResource};
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::secret_sync::{ExternalSecret, SealedSecret};
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::{reflector, sync};
use crate::checks::evidence::certificates::issuance;
use crate::checks::evidence::flux::applier::{appliers, is_applied};
use crate::checks::evidence::flux::inventory;

/// What a check needs that asks what should have made a Secret, as hints behind what another macro
/// lists: `makers_and!(served_and![...])`.
macro_rules! makers_and {
    ($list:ident![$($need:expr),* $(,)?]) => {
        $list![
            $($need,)*
            shared::facts::live(shared::facts::Kind::Certificate).hint(),
            shared::facts::live(shared::facts::Kind::ExternalSecret).hint(),
            shared::facts::live(shared::facts::Kind::SealedSecret).hint(),
            shared::facts::live(shared::facts::Kind::HelmRelease).hint(),
            shared::facts::live(shared::facts::Kind::Kustomization).hint(),
            shared::facts::live(shared::facts::Kind::Application).hint(),
            shared::facts::declared(shared::facts::Kind::Deployment).hint(),
            shared::facts::declared(shared::facts::Kind::StatefulSet).hint(),
        ]
    };
}
pub(in crate::checks) use makers_and;

/// The objects that should have made a Secret, which need not be in the namespace of what needs it.
pub(in crate::checks) fn makers_of(
    view: &View<'_>,
    needed_by: &Meta,
    secret: &ObjectRef,
) -> Vec<ObjectRef> {
    let needed_by = Meta {
        namespace: secret.namespace().to_owned(),
        ..needed_by.clone()
    };
    makers(view, &needed_by, &secret.name)
}

/// The objects that should have made a Secret of the namespace of `needed_by`: suspects all.
pub(in crate::checks) fn makers(view: &View<'_>, needed_by: &Meta, name: &str) -> Vec<ObjectRef> {
    let namespace = needed_by.namespace.as_str();
    let external = view.all::<ExternalSecret>().iter().filter(|external| {
        let meta = &external.metadata;
        meta.namespace == namespace && target(external) == name
    });
    let external: Vec<ObjectRef> = external.map(Fact::reference).collect();
    let fetching = sync::EXTERNAL_SECRETS.runs_in(view).into_iter();
    let is_external = !external.is_empty();
    let fetching = fetching.filter(|_| is_external);
    let sealed = view.get::<SealedSecret>(namespace, name);
    let unsealing = sync::SEALED_SECRETS.runs_in(view).into_iter();
    let unsealing = unsealing.filter(|_| sealed.is_some());
    let mirrored = view
        .all::<Secret>()
        .iter()
        .filter(|secret| secret.metadata.name == name && reflector::is_mirrored(&secret.metadata));
    let secret = Kind::Secret.object(namespace, name);
    let certificates: Vec<_> = issuance::writers(view, &secret)
        .map(Fact::reference)
        .collect();
    let writers =
        [Kind::SealedSecret, Kind::ExternalSecret].map(|kind| kind.object(namespace, name));
    let mut secrets = writers.to_vec();
    secrets.push(secret);
    // What is encrypted in Git comes through a Kustomization that decrypts: one that never got as
    // far as to apply may hold any Secret.
    let before = view.all::<Kustomization>().iter().filter(|kustomization| {
        !is_applied(kustomization)
            && (kustomization.spec.decryption.is_some()
                || secrets
                    .iter()
                    .any(|secret| inventory::holds(&kustomization.status.inventory, secret)))
    });
    // What was to bring it, or what makes it, may itself be missing.
    let applied = writers.into_iter().filter(|writer| {
        let mut all = view.all::<Kustomization>().iter();
        all.any(|one| inventory::holds(&one.status.inventory, writer))
    });
    let brings = |one: &ApplicationResource| {
        let makes = ["Secret", "SealedSecret", "ExternalSecret"].contains(&one.kind.as_str());
        makes && one.namespace == namespace && one.name == name && one.status != "Synced"
    };
    let unsynced = view.all::<Application>().iter();
    let unsynced = unsynced.filter(|app| app.status.resources.iter().any(brings));
    // A release that waits for its values does not make them.
    let is_itself = |applier: &ObjectRef| {
        applier.kind == needed_by.kind
            && applier.name == needed_by.name
            && applier.namespace() == namespace
    };
    let appliers = appliers(view, needed_by).into_iter();
    let appliers = appliers.filter(|applier| !is_itself(applier));
    external
        .into_iter()
        .chain(fetching)
        .chain(sealed.map(Fact::reference))
        .chain(unsealing)
        .chain(unsynced.map(Fact::reference))
        .chain(certificates)
        .chain(mirrored.map(Fact::reference))
        .chain(applied)
        .chain(before.map(Fact::reference))
        .chain(appliers)
        .collect()
}

/// The Secret that an ExternalSecret writes.
pub(in crate::checks) fn target(external: &ExternalSecret) -> &str {
    let target = external.spec.target.name.as_str();
    if target.is_empty() {
        &external.metadata.name
    } else {
        target
    }
}
