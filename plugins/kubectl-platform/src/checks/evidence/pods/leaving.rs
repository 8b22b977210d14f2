//! Pods that were to be gone by now: who answers for each, and how bad it is that it stays.
//!
//! A check that uses this lists `pods_and!`.

use shared::facts::kinds::apps::{DaemonSet, Deployment};
use shared::facts::kinds::pod::Pod;
use shared::facts::{Fact, View};
use shared::finding::Level;
use shared::object::ObjectRef;

use super::trouble::Trouble;
use super::workload::{Workload, ailing};

/// Pods that do not go.
pub(in crate::checks) struct Leaving<'a> {
    /// Whom it is told of: their workload, or, where that has others instead, the first pod. What ails the
    /// others does not come of it.
    pub(in crate::checks) about: Workload<'a>,
    /// How bad that is.
    pub(in crate::checks) level: Level,
    /// The pods, one or more.
    pub(in crate::checks) pods: Vec<&'a Pod>,
}

/// All of them.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<Leaving<'a>> {
    let groups = ailing(view, |pod| {
        matches!(Trouble::of(pod, view.now())?, Trouble::Leaving).then_some(())
    });
    let mut all = Vec::new();
    for group in groups {
        let pods: Vec<_> = group.members().map(|(pod, _)| pod).collect();
        if is_replaced(view, &group.workload.object) {
            all.extend(pods.first().copied().map(|pod| Leaving {
                about: Workload::is(pod),
                level: Level::Warning,
                pods,
            }));
            continue;
        }
        all.push(Leaving {
            level: Level::error_if(is_awaited(view, &group.workload.object)),
            about: group.workload,
            pods,
        });
    }
    all
}

/// Whether a Deployment has as many pods as it wants without those that go.
fn is_replaced(view: &View<'_>, object: &ObjectRef) -> bool {
    let deployment = view.get::<Deployment>(object.namespace(), &object.name);
    let Some(deployment) = deployment.filter(|_| object.kind == Deployment::KIND.name()) else {
        return false;
    };
    let pods = view.all::<Pod>().iter().filter(|pod| {
        let is_gone = pod.metadata.deletion_timestamp.0.is_some()
            || matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
        pod.metadata.namespace == object.namespace() && !is_gone
    });
    let staying = pods.filter(|pod| Workload::of(view, pod).object == *object);
    let wanted = deployment.spec.replicas.unwrap_or(1);
    i64::try_from(staying.count()).is_ok_and(|staying| staying >= wanted)
}

/// A StatefulSet waits for the old pod before it makes the new one; others may be short all the same.
fn is_awaited(view: &View<'_>, object: &ObjectRef) -> bool {
    let (namespace, name) = (object.namespace(), object.name.as_str());
    match &*object.kind {
        "StatefulSet" => true,
        "Deployment" => view
            .get::<Deployment>(namespace, name)
            .is_some_and(|one| one.status.available_replicas < one.spec.replicas.unwrap_or(1)),
        "DaemonSet" => view.get::<DaemonSet>(namespace, name).is_some_and(|one| {
            Some(one.status.number_available) < one.status.desired_number_scheduled
        }),
        _ => false,
    }
}
