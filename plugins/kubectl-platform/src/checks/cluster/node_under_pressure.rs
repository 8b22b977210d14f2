//! cluster/node-under-pressure: A node runs out of disk, memory or process ids.
//!
//! kubelet keeps new pods away from the node and evicts pods from it until there is room again. What
//! is evicted has to find a place elsewhere, and pods that are bound to the node by a volume find none.
//!
//! See what takes the room: `kubectl describe node NAME`; on the machine `df -h`, `crictl rmi --prune`,
//! or `free -m`. Then give the node more of it, or fewer pods.

use shared::facts::kinds::node::Node;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::words::remedy::command;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = &[live(Kind::Node), live(Kind::Event).hint()];

/// Conditions that are to be false, and what they mean: those of kubelet, and of the node problem
/// detector, <https://github.com/kubernetes/node-problem-detector>.
const PRESSURE: [(&str, &str); 7] = [
    ("DiskPressure", "disk is full"),
    ("MemoryPressure", "memory is used up"),
    ("PIDPressure", "process ids are used up"),
    ("ReadonlyFilesystem", "file system is read-only"),
    ("KernelDeadlock", "kernel hangs"),
    ("CorruptDockerOverlay2", "image storage is corrupt"),
    ("XfsShutdown", "file system was shut down"),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for node in view.all::<Node>() {
        let under = PRESSURE.iter().filter_map(|(name, meaning)| {
            let pressure = condition(&node.status.conditions, name)?;
            pressure.is_true().then_some((pressure, meaning))
        });
        let object = node.reference();
        for (pressure, meaning) in under {
            let name = &node.metadata.name;
            let lasting = lasting(pressure.last_transition_time, view.now());
            let mut warnings = view.warnings_about(&object);
            let said = warnings.find(|event| {
                [
                    "FreeDiskSpaceFailed",
                    "EvictionThresholdMet",
                    "ImageGCFailed",
                ]
                .contains(&event.reason.as_str())
            });
            let said = said.map_or(pressure.message.as_str(), |event| event.message.as_str());
            let message = format!(
                "{}: the {meaning} on node {name}{lasting}: {said}",
                pressure.r#type
            );
            found
                .error(node, message)
                .remedy(command!("kubectl describe node {}", name));
        }
    }
}
