//! flux/controller-disk-full: A controller of Flux has no room on its disk.
//!
//! It cannot write down what it fetches or builds, whatever that is: the volume, or the disk of its node, is
//! full. Nothing newer reaches the cluster.
//!
//! Make room on the node, or give the controller a larger volume (`/data`, `/tmp`). A restart empties an
//! `emptyDir`; what is fetched is fetched again.

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository,
};
use shared::facts::kinds::pod::Pod;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::flux;
use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::references;
use crate::checks::evidence::remedy::command;
use crate::checks::evidence::users;
use crate::checks::evidence::workload::Workload;

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::Bucket),
    live(Kind::HelmRepository),
    live(Kind::HelmChart),
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut of_sources = full::<GitRepository>(view);
    of_sources.extend(full::<OciRepository>(view));
    of_sources.extend(full::<Bucket>(view));
    of_sources.extend(full::<HelmRepository>(view));
    of_sources.extend(full::<HelmChart>(view));
    look(view, found, "source-controller", &of_sources);
    look(
        view,
        found,
        "kustomize-controller",
        &full::<Kustomization>(view),
    );
    look(view, found, "helm-controller", &full::<HelmRelease>(view));
}

/// What fails for want of room, with its controller's words.
fn full<F: Assess>(view: &View<'_>) -> Vec<(ObjectRef, String)> {
    let unwell = view.all::<F>().iter().filter_map(|one| {
        let health = one.health(view.now());
        let is_unwell = matches!(health.status, Status::Failed | Status::InProgress);
        (is_unwell && flux::has_no_room(&health.message)).then(|| (one.reference(), health.message))
    });
    unwell.collect()
}

fn look(view: &View<'_>, found: &mut Findings, name: &str, full: &[(ObjectRef, String)]) {
    let Some((_, words)) = full.first() else {
        return;
    };
    let controller = flux::controller(view, name);
    let (namespace, name) = (controller.namespace(), &controller.name);
    let objects: Vec<_> = full.iter().map(|(object, _)| object.clone()).collect();
    let told = format!(
        "its disk is full, so that {} fails: {}",
        users::listed(&objects),
        flux::one_line(words)
    );
    let pods = view.all::<Pod>().iter();
    let pods = pods.filter(|pod| Workload::of(view, pod).object == controller);
    let below: Vec<_> = pods
        .flat_map(|pod| {
            let claims = references::claims(&pod.spec, &pod.metadata.namespace);
            claims.into_iter().chain(references::node(&pod.spec))
        })
        .collect();
    let remedy = command!(
        "kubectl -n {} rollout restart deployment/{}",
        namespace,
        name
    );
    let place = view.get::<Deployment>(namespace, name);
    let place = place.and_then(|one| one.metadata.place.clone());
    let finding = found.missing(Level::Error, controller, told);
    finding.place = place;
    finding.suspect(below).remedy(remedy);
}
