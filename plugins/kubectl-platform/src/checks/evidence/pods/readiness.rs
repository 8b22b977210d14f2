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

/// The node of a pod, where it does not answer: then nobody knows how the pod fares.
pub(in crate::checks) fn silent_node(view: &View<'_>, pod: &Pod) -> Option<ObjectRef> {
    let node = view.get::<Node>("", &pod.spec.node_name)?;
    let ready = condition(&node.status.conditions, "Ready");
    let is_silent = ready.is_some_and(|ready| ready.status == "Unknown");
    is_silent.then(|| node.reference())
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
