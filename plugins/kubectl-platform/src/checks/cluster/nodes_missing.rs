//! cluster/nodes-missing: There are fewer nodes than platform.yaml expects.
//!
//! A node that never joined, or that was deleted, is in no list, so nothing else tells that it is
//! missing. How many there are to be at least is said in `platform.yaml` (`nodes: 3`); without it
//! nothing is expected.
//!
//! Look at the machine: its power, its network, and the log of its kubelet or k3s-agent.

use shared::facts::kinds::node::Node;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

pub(super) const NEEDS: &[Need] = &[live(Kind::Node), declared(Kind::ConfigMap).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let (expected, there) = (
        view.config().map_or(0, |config| config.nodes),
        view.all::<Node>().len(),
    );
    if there >= expected {
        return;
    }
    // This namespace stands for the cluster as a whole: every one has it from its first day on.
    let cluster = Kind::Namespace.object("", "kube-system");
    let nodes = view.all::<Node>().iter();
    let names: Vec<_> = nodes.map(|node| node.metadata.name.as_str()).collect();
    let names = names.join(", ");
    let message = format!(
        "stands for the cluster, which has {there} of the {expected} nodes that platform.yaml expects ({names})"
    );
    let finding = found.missing(Level::Error, cluster, message);
    finding.remedy("kubectl get nodes -o wide");
}
