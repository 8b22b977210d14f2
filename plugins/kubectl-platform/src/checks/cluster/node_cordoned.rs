//! cluster/node-cordoned: A node takes no new pods.
//!
//! Somebody has cordoned or drained the node (`spec.unschedulable`), mostly for maintenance. Pods that
//! run there go on; new ones have to find a place elsewhere.
//!
//! When the maintenance is over: `kubectl uncordon NAME`.

use crate::checks::evidence::words::remedy::command;
use shared::facts::kinds::node::Node;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Node)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for node in view
        .all::<Node>()
        .iter()
        .filter(|node| node.spec.unschedulable)
    {
        let name = &node.metadata.name;
        let message = format!("node {name} is cordoned: it takes no new pods");
        found
            .warning(node, message)
            .remedy(command!("kubectl uncordon {}", name));
    }
}
