//! cluster/node-out-of-service: A node is ready, and yet its taint says that it is out of service.
//!
//! Somebody has put `node.kubernetes.io/out-of-service` on the node, as one does while a machine is off, so
//! that its pods are deleted and its volumes go elsewhere at once. The machine is back, the taint is still
//! there: pods are thrown off the node, volumes are detached by force, and nothing new comes to it.
//!
//! Take it away: `kubectl taint node NAME node.kubernetes.io/out-of-service-`.
//! See <https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown>.

use shared::facts::kinds::node::Node;
use shared::facts::meta::condition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::pods::trouble::{Trouble, is_late};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Node), live(Kind::Pod).hint()];

const OUT: &str = "node.kubernetes.io/out-of-service";

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let waits_for_it = |words: &str| words.contains(OUT);
    let is_missed = view.unsettled_pods().any(|pod| {
        let trouble = Trouble::of(pod, view.now());
        matches!(trouble, Some(Trouble::Unscheduled(words)) if waits_for_it(words))
    });
    for node in view.all::<Node>() {
        let Some(taint) = node.spec.taints.iter().find(|taint| taint.key == OUT) else {
            continue;
        };
        // What brings a machine back takes the taint away a little later.
        let ready = condition(&node.status.conditions, "Ready").filter(|ready| ready.is_true());
        if ready.is_none_or(|ready| !is_late(ready.last_transition_time, view.now())) {
            continue;
        }
        let name = &node.metadata.name;
        let does = match taint.effect.as_str() {
            "NoExecute" => "all pods are thrown off it, and none comes to it",
            _ => "no pods come to it",
        };
        let told = format!("node {name} is ready, and still has the taint {OUT}: {does}");
        let finding = found.about(Level::error_if(is_missed), node, told);
        finding.remedy(command!("kubectl taint node {} {}-", name, OUT));
    }
}
