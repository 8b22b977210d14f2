//! What a Kustomization has applied, and what came of it.

use shared::facts::Fact;
use shared::facts::View;
use shared::facts::kinds::apps::{DaemonSet, Deployment, StatefulSet};
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::meta::Meta;
use shared::object::ObjectRef;

use super::inventory;

/// The name and namespace of the Kustomization that applies an object, from the labels that
/// kustomize-controller sets. What Helm makes goes back to the HelmRelease's Kustomization.
pub(in crate::checks) fn by<'a>(view: &View<'a>, meta: &'a Meta) -> Option<&'a Kustomization> {
    let release = release_of(view, meta).map(|release| &release.metadata);
    [Some(meta), release]
        .into_iter()
        .flatten()
        .find_map(|meta| {
            view.get::<Kustomization>(
                meta.label("kustomize.toolkit.fluxcd.io/namespace"),
                meta.label("kustomize.toolkit.fluxcd.io/name"),
            )
        })
}

/// The HelmRelease that an object belongs to.
pub(in crate::checks) fn release_of<'a>(view: &View<'a>, meta: &Meta) -> Option<&'a HelmRelease> {
    view.get::<HelmRelease>(
        meta.label("helm.toolkit.fluxcd.io/namespace"),
        meta.label("helm.toolkit.fluxcd.io/name"),
    )
}

/// What a Kustomization has applied, and the workloads that came of it: those of its HelmReleases,
/// and those that its custom resources own.
pub(in crate::checks) fn objects(view: &View<'_>, kustomization: &Kustomization) -> Vec<ObjectRef> {
    let mut all: Vec<ObjectRef> = inventory::objects(&kustomization.status.inventory).collect();
    let more = made_of(view, &all);
    all.extend(more);
    all
}

/// The workloads that came of HelmReleases and custom resources.
pub(in crate::checks) fn made_of(view: &View<'_>, sources: &[ObjectRef]) -> Vec<ObjectRef> {
    let workloads = view
        .all::<StatefulSet>()
        .iter()
        .map(came_of)
        .chain(view.all::<Deployment>().iter().map(came_of))
        .chain(view.all::<DaemonSet>().iter().map(came_of));
    workloads
        .filter(|(_, of_one)| of_one.iter().any(|source| sources.contains(source)))
        .map(|(object, _)| object)
        .collect()
}

/// A workload, with its owner and its HelmRelease.
fn came_of<F: Fact>(fact: &F) -> (ObjectRef, Vec<ObjectRef>) {
    let meta = fact.meta();
    let owner = meta.controller();
    let owner = owner.map(|owner| owner.reference(&meta.namespace));
    let release = ObjectRef::new(
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        meta.label("helm.toolkit.fluxcd.io/namespace"),
        meta.label("helm.toolkit.fluxcd.io/name"),
    );
    (
        fact.reference(),
        owner.into_iter().chain([release]).collect(),
    )
}
