//! Why a pod that runs is not ready.
//!
//! A check that uses this hints at `Event` and `Node`.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::condition;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::trouble::parts;
use crate::checks::evidence::events;

/// The nodes of these pods that do not answer: then nobody knows how the pods fare. None where a pod of
/// another node was not ready before: what ails that is no matter of theirs.
pub(in crate::checks) fn silent_nodes<'p>(
    view: &View<'_>,
    pods: impl Iterator<Item = &'p Pod>,
) -> Vec<ObjectRef> {
    let silent = |pod: &Pod| {
        let node = view.get::<Node>("", &pod.spec.node_name)?;
        let ready = condition(&node.status.conditions, "Ready")?;
        (ready.status == "Unknown").then_some((node, ready.last_transition_time))
    };
    let (lost, others): (Vec<_>, Vec<_>) = pods.partition(|pod| silent(pod).is_some());
    let nodes: Vec<_> = lost.into_iter().filter_map(silent).collect();
    let since = nodes.iter().map(|(_, since)| *since).min();
    let was_before = |pod: &Pod| {
        let ready = condition(&pod.status.conditions, "Ready");
        ready.is_some_and(|ready| Some(ready.last_transition_time) < since)
    };
    if others.into_iter().any(was_before) {
        return Vec::new();
    }
    let mut nodes: Vec<_> = nodes.iter().map(|(node, _)| node.reference()).collect();
    nodes.dedup();
    nodes
}

/// What its probe says, or the condition that it waits for.
pub(in crate::checks) fn lack(view: &View<'_>, pod: &Pod) -> String {
    let object = pod.reference();
    let mut probes = ["Readiness", "Startup", "Liveness"].into_iter();
    if let Some(probe) = probes.find_map(|kind| events::probe(view, &object, kind)) {
        return probe.to_owned();
    }
    let gates = pod.spec.readiness_gates.iter();
    let mut gates = gates.map(|gate| gate.condition_type.as_str());
    let is_open =
        |gate: &str| condition(&pod.status.conditions, gate).is_some_and(|one| one.is_true());
    if let Some(gate) = gates.find(|gate| !is_open(gate)) {
        return format!("its readiness gate {gate} is not open");
    }
    let unready = parts(pod).filter(|part| !part.is_init && !part.status.ready);
    let names: Vec<&str> = unready.map(|part| part.status.name.as_str()).collect();
    format!("{} runs and does not become ready", names.join(", "))
}
