//! flux/applied-object-gone: What Flux has applied is not there any more.
//!
//! The inventory of a Kustomization or HelmRelease lists an object that does not exist: somebody or
//! something deleted it. A Kustomization makes it again when Flux next reconciles it, a HelmRelease only where
//! `spec.driftDetection.mode` is `enabled`: else Helm sees a release that has not changed, and has to be forced.
//!
//! Let Flux apply it again, and find out who deleted it. What is to stay away is to be taken out of Git. Without
//! source-controller or kustomize-controller nothing that Flux consists of comes back by itself: install Flux as it
//! was (`gotk-components.yaml` in Git tells its version and components).

use shared::facts::kinds::flux_apply::{HelmRelease, Inventory, Kustomization};
use shared::facts::{Need, View};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};

use crate::checks::evidence::flux::inventory;
use crate::checks::evidence::{flux, lasting};

pub(super) const NEEDS: &[Need] = lasting::APPLIED;

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in view.all::<Kustomization>() {
        if one.spec.kube_config.is_none() {
            look(view, found, one, &one.status.inventory, "kustomization");
        }
    }
    for one in view.all::<HelmRelease>() {
        if one.spec.kube_config.is_none() {
            look(view, found, one, &one.status.inventory, "helmrelease");
        }
    }
}

fn look<F: Assess>(view: &View<'_>, found: &mut Findings, by: &F, applied: &Inventory, kind: &str) {
    let health = by.health(view.now());
    let is_busy = health.status == Status::InProgress && !health.is_overdue(view.now());
    if is_busy || matches!(health.status, Status::Suspended | Status::Terminating) {
        return;
    }
    let of = by.reference();
    for object in inventory::objects(applied).filter(|object| lasting::is_gone(view, object)) {
        let told = format!(
            "{} {} does not exist any more: {of} has applied it",
            object.kind, object.name
        );
        let remedy = flux::bring_back(&object, kind, by.meta());
        let finding = found.missing(Level::Error, object, told);
        finding.remedy(remedy);
        // What fails its health check has been applied.
        if health.status != Status::Current && health.reason != "HealthCheckFailed" {
            finding.made_by([of.clone()]);
        }
    }
}
