//! What nodes tell of load balancers: whether any takes part, and who runs them.

use shared::facts::kinds::node::Node;
use shared::facts::{Fact, View};

use super::Reason;

/// A node that bears it, with any value, takes no part.
/// See <https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers>.
const EXCLUDED: &str = "node.kubernetes.io/exclude-from-external-load-balancers";

/// No node takes part.
pub(super) fn excluded(view: &View<'_>) -> Option<Reason> {
    let nodes = view.all::<Node>();
    let all = nodes
        .iter()
        .all(|node| node.metadata.labels.contains_key(EXCLUDED));
    (!nodes.is_empty() && all).then(|| {
        Reason::new(
            format!("every node bears the label {EXCLUDED}"),
            nodes.iter().map(Fact::reference),
        )
    })
}

/// Whether a cloud made the nodes: then it has a controller for load balancers, inside or outside.
pub(super) fn are_of_a_cloud(view: &View<'_>) -> bool {
    view.all::<Node>().iter().any(|node| {
        let provider = node
            .spec
            .provider_id
            .split("://")
            .next()
            .unwrap_or_default();
        !matches!(provider, "" | "k3s" | "kind" | "talos" | "rke2" | "metal3")
    })
}
