//! cluster/node-not-ready: A node is not ready.
//!
//! kubelet on the node reports that it cannot run pods, or has stopped reporting: the machine is off,
//! its network is cut, its disk is full, or its network plugin does not run. After five minutes its
//! pods are moved elsewhere, where their volumes let them.
//!
//! Look at the machine: `kubectl describe node NAME`, then kubelet's log there
//! (`journalctl -u kubelet`, `-u k3s`, `-u k3s-agent`).

use jiff::SignedDuration;
use shared::facts::kinds::node::Node;
use shared::facts::meta::{Condition, condition};
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::seeing_pods;
use crate::checks::evidence::network;
use crate::checks::evidence::words::remedy::command;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = seeing_pods![live(Kind::Node)];

/// A node that joins has this time to become ready.
const JOINING: SignedDuration = SignedDuration::from_mins(5);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for node in view.all::<Node>() {
        let Some(broken) = broken(node) else {
            continue;
        };
        let lasting = lasting(broken.last_transition_time, view.now());
        let what = match (broken.r#type.as_str(), broken.status.as_str()) {
            ("Ready", "Unknown") => "does not answer",
            ("Ready", _) => "is not ready",
            _ => "has no network",
        };
        let message = format!(
            "node {} {what}{lasting}: {}: {}",
            node.metadata.name, broken.reason, broken.message
        );
        let is_new = node
            .metadata
            .creation_timestamp
            .age(view.now())
            .is_some_and(|age| age < JOINING);
        let level = Level::info_while(is_new);
        let finding = found.about(level, node, message);
        if broken.message.to_lowercase().contains("network") {
            finding.blames.extend(network::failing_on(view, node));
        }
        finding.remedy(command!("kubectl describe node {}", node.metadata.name));
    }
}

fn broken(node: &Node) -> Option<&Condition> {
    let conditions = &node.status.conditions;
    let ready = condition(conditions, "Ready").filter(|ready| !ready.is_true());
    ready
        .or_else(|| condition(conditions, "NetworkUnavailable").filter(|network| network.is_true()))
}
