//! flux/suspended: Something of Flux is suspended.
//!
//! What is suspended stays as it is: changes in Git do not reach it, and nobody mends it when it
//! drifts. Where others wait for it, nothing of theirs is applied either, and that is an error.
//!
//! Let it go on with `flux resume`, once the reason for the suspension is gone.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository,
};
use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::flux::dependent;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Kustomization),
    declared(Kind::HelmRelease),
    declared(Kind::GitRepository),
    declared(Kind::OciRepository),
    declared(Kind::Bucket),
    declared(Kind::HelmRepository),
    declared(Kind::HelmChart),
    declared(Kind::Service).hint(),
    declared(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let waiting = dependent::waiting(view);
    each::<Kustomization>(view, found, &waiting, "kustomization");
    each::<HelmRelease>(view, found, &waiting, "helmrelease");
    each::<GitRepository>(view, found, &waiting, "source git");
    each::<OciRepository>(view, found, &waiting, "source oci");
    each::<Bucket>(view, found, &waiting, "source bucket");
    each::<HelmRepository>(view, found, &waiting, "source helm");
    each::<HelmChart>(view, found, &waiting, "source chart");
}

fn each<F: Assess>(
    view: &View<'_>,
    found: &mut Findings,
    waiting: &[(ObjectRef, Vec<ObjectRef>)],
    command: &str,
) {
    let is_suspended = |object: &&F| object.health(view.now()).status == Status::Suspended;
    for object in view.all::<F>().iter().filter(is_suspended) {
        let own = object.reference();
        let blocked = waiting.iter().filter(|(_, causes)| causes.contains(&own));
        let blocked: Vec<_> = blocked.map(|(object, _)| object.to_string()).collect();
        let finding = if blocked.is_empty() {
            let text = "is suspended: changes do not reach it";
            found.about(Level::Warning, object, text)
        } else {
            let wait = if blocked.len() == 1 { "waits" } else { "wait" };
            let text = format!("is suspended, and {} {wait} for it", blocked.join(", "));
            found.error(object, text)
        };
        let meta = object.meta();
        let target = command!("{} -n {}", meta.name, meta.namespace);
        finding.remedy(format!("flux resume {command} {target}"));
    }
}
