//! Workloads that belong together: what ails one may ail the others, or come from them.

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate, StatefulSet};
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::workload::Workload;

/// The workloads that run the same program: parts of one custom resource, or of the same image in the
/// same namespace.
pub(in crate::checks) fn alike(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    related(view, workload, |own, other| {
        is_of_one_owner(own.0, other.0) || has_one_image(own.1, other.1)
    })
}

/// The workloads that were installed together: all that are alike, and those of one Helm release.
pub(in crate::checks) fn together(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    related(view, workload, |own, other| {
        is_of_one_owner(own.0, other.0)
            || has_one_image(own.1, other.1)
            || is_of_one_release(own.0, other.0)
    })
}

type One<'a> = (&'a Meta, &'a PodTemplate);

fn related(
    view: &View<'_>,
    workload: &Workload<'_>,
    is: impl Fn(One<'_>, One<'_>) -> bool,
) -> Vec<ObjectRef> {
    let deployments = view.all::<Deployment>().iter();
    let deployments = deployments.map(|w| (w.reference(), &w.metadata, &w.spec.template));
    let sets = view.all::<StatefulSet>().iter();
    let sets = sets.map(|w| (w.reference(), &w.metadata, &w.spec.template));
    let daemons = view.all::<DaemonSet>().iter();
    let daemons = daemons.map(|w| (w.reference(), &w.metadata, &w.spec.template));
    let all: Vec<_> = deployments.chain(sets).chain(daemons).collect();
    let Some((_, meta, template)) = all.iter().find(|(object, ..)| *object == workload.object)
    else {
        return Vec::new();
    };
    let others = all.iter().filter(|(object, other, of_other)| {
        *object != workload.object
            && other.namespace == meta.namespace
            && is((meta, template), (other, of_other))
    });
    others.map(|(object, ..)| object.clone()).collect()
}

fn is_of_one_owner(own: &Meta, other: &Meta) -> bool {
    own.controller().is_some_and(|owner| {
        let mut of_other = other.controller().into_iter();
        of_other.any(|of_other| of_other.kind == owner.kind && of_other.name == owner.name)
    })
}

fn has_one_image(own: &PodTemplate, other: &PodTemplate) -> bool {
    let mut images = own.spec.containers.iter().map(|container| &container.image);
    images.any(|image| !image.is_empty() && other.spec.containers.iter().any(|c| c.image == *image))
}

/// Whether one Helm release brought both.
pub(in crate::checks) fn is_of_one_release(own: &Meta, other: &Meta) -> bool {
    let release = own.annotation("meta.helm.sh/release-name");
    !release.is_empty()
        && release == other.annotation("meta.helm.sh/release-name")
        && own.namespace == other.namespace
}
