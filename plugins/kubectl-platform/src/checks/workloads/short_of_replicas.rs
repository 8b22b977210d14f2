//! workloads/short-of-replicas: A workload has fewer pods than it is to have.
//!
//! Pods are missing, or are not available, and nothing else that was found says why. While the
//! workload still makes progress this is only said, not held against it.
//!
//! Ask its controller: `kubectl -n NAMESPACE describe deployment NAME`.

use std::collections::HashSet;

use shared::facts::kinds::apps::{DaemonSet, Deployment, StatefulSet};
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::pods::rollout;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = seeing_pods![
    live(Kind::Deployment),
    live(Kind::StatefulSet),
    live(Kind::DaemonSet),
    live(Kind::Event).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let explained = rollout::explained(view);
    each::<Deployment>(view, found, &explained, |one| one.status.ready_replicas);
    each::<StatefulSet>(view, found, &explained, |one| one.status.ready_replicas);
    each::<DaemonSet>(view, found, &explained, |one| one.status.number_ready);
}

fn each<F: Assess>(
    view: &View<'_>,
    found: &mut Findings,
    explained: &HashSet<ObjectRef>,
    ready: fn(&F) -> i64,
) {
    for workload in view.all::<F>() {
        let object = workload.reference();
        let health = workload.health(view.now());
        let is_short = matches!(health.status, Status::InProgress | Status::Failed);
        let is_refused = view
            .warnings_about(&object)
            .any(|event| event.reason == "FailedCreate");
        if !is_short || is_refused || explained.contains(&object) {
            continue;
        }
        let level = match health.status {
            Status::Failed => Level::Error,
            _ if health.is_overdue(view.now()) => Level::Error,
            // Where the controller does not say since when, the last that happened to it or a pod tells.
            _ if health.since.0.is_some() || !rollout::is_quiet(view, workload) => Level::Info,
            _ if ready(workload) == 0 => Level::Error,
            _ => Level::Warning,
        };
        let message = match health.message.as_str() {
            "" => health.reason.clone(),
            message => message.to_owned(),
        };
        let finding = found.about(level, workload, message);
        finding.symptom().remedy(remedy::describe(&object));
    }
}
