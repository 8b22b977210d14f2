//! cluster/kubelet-version-skew: A node's kubelet does not fit the control plane's version.
//!
//! kubelet must not be newer than the API server, nor more than three minor versions older. Beyond
//! that nobody tests whether they understand each other. The control plane's version is taken from its
//! nodes, so where these are hidden nothing is said.
//!
//! Upgrade the control plane first, then the nodes, one minor version at a time. See
//! <https://kubernetes.io/releases/version-skew-policy/>.

use shared::facts::kinds::node::Node;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[live(Kind::Node)];

/// How many minor versions kubelet may be behind.
const OLDEST: u32 = 3;

/// Labels of nodes with an API server.
const CONTROL_PLANE: [&str; 2] = [
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let nodes = view
        .all::<Node>()
        .iter()
        .filter_map(|node| Some((node, version(node)?)));
    let is_control = |node: &Node| {
        CONTROL_PLANE
            .iter()
            .any(|label| node.metadata.labels.contains_key(label))
    };
    let Some(oldest_server) = nodes
        .clone()
        .filter(|(node, _)| is_control(node))
        .map(|(_, version)| version)
        .min()
    else {
        return;
    };
    for (node, (major, minor)) in nodes {
        let (server_major, server_minor) = oldest_server;
        let is_newer = (major, minor) > oldest_server && !is_control(node);
        let is_older = major == server_major && minor + OLDEST < server_minor;
        let how = match (is_newer, is_older) {
            (true, _) => "newer than",
            (_, true) => "more than three minor versions older than",
            _ => continue,
        };
        let own = &node.status.node_info.kubelet_version;
        let message =
            format!("kubelet {own} is {how} the control plane ({server_major}.{server_minor})");
        let finding = found.warning(node, message);
        finding.remedy("kubectl get nodes -o wide");
    }
}

/// Major and minor of `v1.34.1+k3s1`.
fn version(node: &Node) -> Option<(u32, u32)> {
    let text = node.status.node_info.kubelet_version.strip_prefix('v')?;
    let mut numbers = text.split('.').map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
