//! Whether a node itself is short of memory: programs that find none may just be at their own limits.
//!
//! A check that uses this hints at `Node` and `Event`.

use jiff::SignedDuration;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::condition;
use shared::facts::{Fact, View};

/// For so long a pod that was thrown out tells of its node.
const LATELY: SignedDuration = SignedDuration::from_hours(1);

/// Whether a node says that its memory is used up, or has thrown pods out for it lately.
pub(super) fn is_used_up(view: &View<'_>, node: &str) -> bool {
    let Some(node) = view.get::<Node>("", node) else {
        return false;
    };
    let pressure = condition(&node.status.conditions, "MemoryPressure");
    let object = node.reference();
    let mut said = view.warnings_about(&object);
    let mut evicted = view.all::<Pod>().iter();
    pressure.is_some_and(|pressure| pressure.is_true())
        || said.any(|event| tells(&event.reason, &event.message))
        || evicted.any(|pod| pod.spec.node_name == node.metadata.name && is_evicted(view, pod))
}

fn is_evicted(view: &View<'_>, pod: &Pod) -> bool {
    let status = &pod.status;
    let ended = status.conditions.iter().map(|one| one.last_transition_time);
    let age = ended.max().and_then(|ended| ended.age(view.now()));
    status.reason == "Evicted"
        && status.message.contains("low on resource: memory")
        && age.is_some_and(|age| age < LATELY)
}

/// kubelet's words for a node, not a container, that has none left.
fn tells(reason: &str, message: &str) -> bool {
    reason == "SystemOOM" || (reason == "EvictionThresholdMet" && message.contains("memory"))
}
