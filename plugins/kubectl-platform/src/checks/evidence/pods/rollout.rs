//! Whether a workload that is short of pods is still on its way, and what else speaks of it.

use std::collections::HashSet;

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::trouble::{Trouble, is_late};
use super::workload::Workload;

/// A Deployment that still makes progress has a deadline of its own, which its controller watches.
pub(in crate::checks) fn progresses(view: &View<'_>, workload: &ObjectRef) -> bool {
    let deployment = view.get::<Deployment>(workload.namespace(), &workload.name);
    let progress = deployment
        .filter(|_| workload.kind == "Deployment")
        .and_then(|deployment| condition(&deployment.status.conditions, "Progressing"));
    progress
        .is_some_and(|progress| progress.is_true() && progress.reason != "NewReplicaSetAvailable")
}

/// Workloads that other checks speak of: some pod is in trouble, or none may be made.
pub(in crate::checks) fn explained(view: &View<'_>) -> HashSet<ObjectRef> {
    let pods = view.all::<Pod>().iter().filter_map(|pod| {
        let trouble = Trouble::of(pod, view.now())?;
        let workload = Workload::of(view, pod).object;
        let may_wait = matches!(trouble, Trouble::Unready) && progresses(view, &workload);
        (!may_wait).then_some(workload)
    });
    let refused = view.all::<Deployment>().iter().filter(|deployment| {
        condition(&deployment.status.conditions, "ReplicaFailure")
            .is_some_and(|failure| failure.is_true())
    });
    pods.chain(refused.map(Fact::reference)).collect()
}

/// Whether the pods of a custom resource are being made anew right now: some are new, and those that are
/// not ready have not been so for long.
pub(in crate::checks) fn has_new_pods(view: &View<'_>, custom: &ObjectRef) -> bool {
    let own = |meta: &Meta| {
        let owned = meta.owner_references.iter();
        meta.namespace == custom.namespace()
            && (owned
                .clone()
                .any(|owner| *owner.kind == *custom.kind && owner.name == custom.name)
                || meta.labels.values().any(|value| *value == custom.name))
    };
    let pods: Vec<_> = view
        .all::<Pod>()
        .iter()
        .filter(|pod| own(&pod.metadata))
        .collect();
    let is_new = |pod: &&&Pod| !is_late(pod.metadata.creation_timestamp, view.now());
    let is_stuck = |pod: &&Pod| {
        let ready = condition(&pod.status.conditions, "Ready").filter(|ready| !ready.is_true());
        ready.is_some_and(|ready| is_late(ready.last_transition_time, view.now()))
    };
    pods.iter().any(|pod| is_new(&pod)) && !pods.iter().any(is_stuck)
}

/// Whether nothing has happened to a workload and its pods lately.
pub(in crate::checks) fn is_quiet<F: Fact>(view: &View<'_>, workload: &F) -> bool {
    let object = workload.reference();
    let own = view.all::<Pod>().iter().filter(|pod| {
        pod.metadata.namespace == object.namespace() && Workload::of(view, pod).object == object
    });
    let changes = own.flat_map(|pod| {
        let changes = pod
            .status
            .conditions
            .iter()
            .map(|condition| condition.last_transition_time);
        changes.chain([
            pod.metadata.creation_timestamp,
            pod.metadata.deletion_timestamp,
        ])
    });
    let mut changes = changes.chain([workload.meta().creation_timestamp]);
    changes.all(|time| time.0.is_none() || is_late(time, view.now()))
}
