//! Flux' controllers whose own disk is full, as what they look after says.
//!
//! A check that uses this lists `seeing_pods!` and the kinds that it is told of.

use shared::facts::View;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository,
};
use shared::facts::kinds::pod::Pod;
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::flux;
use crate::checks::evidence::pods::references;
use crate::checks::evidence::pods::workload::Workload;

/// What fails for want of room, and its controller's words.
type Failed = (ObjectRef, String);

/// Each controller by its name, with all that fails because its disk is full.
pub(in crate::checks) fn full(view: &View<'_>) -> [(&'static str, Vec<Failed>); 3] {
    let mut of_sources = failed::<GitRepository>(view);
    of_sources.extend(failed::<OciRepository>(view));
    of_sources.extend(failed::<Bucket>(view));
    of_sources.extend(failed::<HelmRepository>(view));
    of_sources.extend(failed::<HelmChart>(view));
    [
        ("source-controller", of_sources),
        ("kustomize-controller", failed::<Kustomization>(view)),
        ("helm-controller", failed::<HelmRelease>(view)),
    ]
}

fn failed<F: Assess>(view: &View<'_>) -> Vec<Failed> {
    let failed = view.all::<F>().iter().filter_map(|one| {
        let health = one.health(view.now());
        let is_unwell = matches!(health.status, Status::Failed | Status::InProgress);
        (is_unwell && flux::has_no_room(&health.message)).then(|| (one.reference(), health.message))
    });
    failed.collect()
}

/// What a controller's disk is on: the claims and the nodes of its pods.
pub(in crate::checks) fn below(view: &View<'_>, controller: &ObjectRef) -> Vec<ObjectRef> {
    let pods = view.all::<Pod>().iter();
    let pods = pods.filter(|pod| Workload::of(view, pod).object == *controller);
    pods.flat_map(|pod| {
        let claims = references::claims(&pod.spec, &pod.metadata.namespace);
        claims.into_iter().chain(references::node(&pod.spec))
    })
    .collect()
}
