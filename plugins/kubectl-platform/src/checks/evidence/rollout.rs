//! Whether a workload that is short of pods is still on its way, and what else speaks of it.

use std::collections::HashSet;

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::condition;
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

/// Whether nothing has happened to the pods of a workload lately.
pub(in crate::checks) fn is_quiet(view: &View<'_>, object: &ObjectRef) -> bool {
    let own = view.all::<Pod>().iter().filter(|pod| {
        pod.metadata.namespace == object.namespace() && Workload::of(view, pod).object == *object
    });
    own.flat_map(|pod| {
        let changes = pod
            .status
            .conditions
            .iter()
            .map(|condition| condition.last_transition_time);
        changes.chain([
            pod.metadata.creation_timestamp,
            pod.metadata.deletion_timestamp,
        ])
    })
    .filter(|time| time.0.is_some())
    .all(|time| is_late(time, view.now()))
}
