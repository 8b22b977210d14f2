//! cluster/version-below-expected: A node runs an older Kubernetes than platform.yaml expects.
//!
//! After an upgrade one node may have been left behind, and an old one may have come back from a
//! template. The least version is said in `platform.yaml` (`kubernetes: {version: v1.36}`); without
//! it nothing is expected.
//!
//! Upgrade the node, the control plane first and one minor version at a time. See
//! <https://kubernetes.io/releases/version-skew-policy/>.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::platform_config::numbers;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[live(Kind::Node), declared(Kind::ConfigMap).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let nodes = view.all::<Node>();
    let Some(config) = view.config() else {
        return;
    };
    let Some(least) = config.least_version() else {
        return;
    };
    for node in nodes {
        let own = &node.status.node_info.kubelet_version;
        // Only as many numbers as are expected count: any v1.36 is a v1.36.
        if numbers(own).is_some_and(|own| own[..own.len().min(least.len())] < least[..]) {
            let expected = &config.kubernetes.version;
            let message =
                format!("kubelet {own} is older than the {expected} that platform.yaml expects");
            found
                .error(node, message)
                .remedy("kubectl get nodes -o wide");
        }
    }
}
