//! operators/stuck-deleting: Something that was deleted does not go.
//!
//! It holds a finalizer that nobody takes off: the controller that should is gone, or cannot clean
//! up what the object stands for. Whatever is to be made anew under its name waits.
//!
//! Bring the controller back, or find out in its log what it cannot clean up. Only then take the
//! finalizer off by hand.

use shared::facts::kinds::argo::Application;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::meta::{Condition, condition};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::words::remedy;
use crate::checks::evidence::{argo, deletion, flux, operator};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Custom),
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::Application),
    live(Kind::Namespace).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in deletion::stuck::<Custom>(view) {
        let operators = operator::operators(view, one);
        tell(view, found, one, one.status.conditions(), operators);
    }
    for one in deletion::stuck::<Kustomization>(view) {
        let controller = flux::controller(view, "kustomize-controller");
        tell(view, found, one, &one.status.conditions, vec![controller]);
    }
    for one in deletion::stuck::<HelmRelease>(view) {
        let controller = flux::controller(view, "helm-controller");
        tell(view, found, one, &one.status.conditions, vec![controller]);
    }
    for one in deletion::stuck::<Application>(view) {
        let controllers = argo::APPLICATION_CONTROLLER.runs_in(view);
        tell(view, found, one, &one.status.conditions, controllers);
    }
}

fn tell(
    view: &View<'_>,
    found: &mut Findings,
    object: &impl Fact,
    conditions: &[Condition],
    suspects: Vec<ObjectRef>,
) {
    let meta = object.meta();
    let (told, held) = (deletion::told(meta, view.now()), deletion::held(meta));
    let mut text = format!("{told}: {held}");
    if let Some(failed) = condition(conditions, "Ready").filter(|ready| ready.is_false()) {
        text += &format!("; {}: {}", failed.reason, flux::one_line(&failed.message));
    }
    let remedy = remedy::describe(&object.reference());
    found.error(object, text).suspect(suspects).remedy(remedy);
}
