//! workloads/stuck-terminating: A pod that was deleted does not go.
//!
//! Its time to stop is long over. Either its node does not answer (nobody can say whether it still
//! runs), or a finalizer holds it, or a volume cannot be unmounted. A StatefulSet makes no new pod of
//! the name until the old one is gone.
//!
//! Mend or delete the node first. Only where the node is certainly down:
//! `kubectl -n NAMESPACE delete pod POD --force`.

use shared::facts::kinds::apps::{DaemonSet, Deployment};
use shared::facts::{Fact, Need, View};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::references;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = pods_and![];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| {
        matches!(Trouble::of(pod, view.now())?, Trouble::Leaving).then_some(())
    });
    for group in groups {
        let pod = group.pod;
        let held = match pod.metadata.finalizers.join(", ") {
            finalizers if finalizers.is_empty() => String::new(),
            finalizers => format!(", held by finalizer {finalizers}"),
        };
        let lasting = lasting(pod.metadata.deletion_timestamp, view.now());
        let message = format!("is being deleted{lasting}{held}: {}", group.named());
        let level = Level::error_if(is_awaited(view, &group.workload.object));
        let finding = group.workload.about(found, level, message);
        finding.remedy(remedy::describe(&pod.reference()));
        let nodes = group
            .members()
            .filter_map(|(pod, _)| references::node(&pod.spec));
        for node in nodes.filter(|_| held.is_empty()) {
            finding.blame(node);
        }
    }
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
