//! What gives pods their network.
//!
//! A check that uses this hints at `DaemonSet`.

use shared::facts::kinds::apps::DaemonSet;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// The plugins by their names: where kubelet's words name one, that one.
pub(in crate::checks) fn plugins(view: &View<'_>, words: &str) -> Vec<ObjectRef> {
    const PLUGINS: [&str; 6] = ["cilium", "calico", "flannel", "weave", "multus", "kindnet"];
    let is_named = PLUGINS.iter().any(|plugin| words.contains(plugin));
    let sets = view.all::<DaemonSet>().iter().filter(|set| {
        let name = set.metadata.name.as_str();
        PLUGINS
            .iter()
            .any(|plugin| name.contains(plugin) && (!is_named || words.contains(plugin)))
    });
    sets.map(Fact::reference).collect()
}

/// What runs on each node, on the node's own network, and may give pods theirs.
pub(in crate::checks) fn on_nodes(view: &View<'_>) -> impl Iterator<Item = ObjectRef> {
    const HOMES: [&str; 3] = ["kube-system", "calico", "flannel"];
    let sets = view.all::<DaemonSet>().iter();
    let on_nodes = sets.filter(|set| {
        let home = &set.metadata.namespace;
        set.spec.template.spec.host_network && HOMES.iter().any(|name| home.contains(name))
    });
    on_nodes.map(Fact::reference)
}
