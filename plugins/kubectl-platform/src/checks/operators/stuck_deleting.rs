//! operators/stuck-deleting: Something that was deleted does not go.
//!
//! It holds a finalizer that nobody takes off: the controller that should is gone, or cannot clean
//! up what the object stands for. Whatever is to be made anew under its name waits.
//!
//! Bring the controller back, or find out in its log what it cannot clean up. Only then take the
//! finalizer off by hand.

use jiff::SignedDuration;
use shared::facts::kinds::argo::Application;
use shared::facts::kinds::core::Namespace;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::meta::{Condition, condition};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::remedy;
use crate::checks::evidence::span::lasting;
use crate::checks::evidence::{argo, flux, operator};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::Application),
    live(Kind::Namespace).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

/// Controllers may have much to clean up before they let go.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<Custom>(
        view,
        found,
        |one| one.status.conditions(),
        |custom| operator::operators(view, custom),
    );
    each::<Kustomization>(
        view,
        found,
        |one| &one.status.conditions,
        |_| vec![flux::controller(view, "kustomize-controller")],
    );
    each::<HelmRelease>(
        view,
        found,
        |one| &one.status.conditions,
        |_| vec![flux::controller(view, "helm-controller")],
    );
    each::<Application>(
        view,
        found,
        |one| &one.status.conditions,
        |_| argo::APPLICATION_CONTROLLER.runs_in(view),
    );
}

fn each<F: Fact>(
    view: &View<'_>,
    found: &mut Findings,
    conditions: impl Fn(&F) -> &[Condition],
    suspects: impl Fn(&F) -> Vec<ObjectRef>,
) {
    for object in view.all::<F>() {
        let meta = object.meta();
        let since = meta.deletion_timestamp;
        // What stands in a namespace that is being deleted is that one's matter.
        let space = view.get::<Namespace>("", &meta.namespace);
        let goes_along = space.is_some_and(|space| space.metadata.deletion_timestamp.0.is_some());
        let is_late = since.age(view.now()).is_some_and(|age| age > PATIENCE);
        if !is_late || goes_along || meta.finalizers.is_empty() {
            continue;
        }
        let mut text = format!(
            "is being deleted{}: nobody takes finalizer {} off",
            lasting(since, view.now()),
            meta.finalizers.join(", ")
        );
        if let Some(failed) =
            condition(conditions(object), "Ready").filter(|ready| ready.is_false())
        {
            text += &format!("; {}: {}", failed.reason, flux::one_line(&failed.message));
        }
        let reference = object.reference();
        found
            .error(object, text)
            .suspect(suspects(object))
            .remedy(remedy::describe(&reference));
    }
}
