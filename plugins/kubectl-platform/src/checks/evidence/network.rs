//! What gives pods their network.
//!
//! A check that uses this hints at `DaemonSet`.

use shared::facts::kinds::apps::DaemonSet;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::pods::trouble::Trouble;
use super::pods::workload::Workload;

/// The plugins by their names.
const PLUGINS: [&str; 6] = ["cilium", "calico", "flannel", "weave", "multus", "kindnet"];

/// What leads pods to Services, where no plugin does.
const PROXIES: [&str; 2] = ["kube-proxy", "kube-router"];

/// The plugins by their names: where kubelet's words name one, that one.
pub(in crate::checks) fn plugins(view: &View<'_>, words: &str) -> Vec<ObjectRef> {
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

/// What should give a node its network and does not: the DaemonSets whose pods there do not even
/// start.
///
/// A check that uses this lists `seeing_pods!`.
pub(in crate::checks) fn failing_on(view: &View<'_>, node: &Node) -> Vec<ObjectRef> {
    let pods = view.all::<Pod>().iter().filter(|pod| {
        let trouble = Trouble::of(pod, view.now());
        let starts = matches!(trouble, None | Some(Trouble::Unready | Trouble::Leaving));
        pod.spec.node_name == node.metadata.name && !starts
    });
    let workloads = pods.map(|pod| Workload::of(view, pod).object);
    workloads
        .filter(|workload| workload.kind == "DaemonSet")
        .collect()
}

/// What gives pods their network and leads them to Services, and is unwell on all of these nodes.
///
/// A check that uses this lists `seeing_pods!`.
pub(in crate::checks) fn unwell_on(view: &View<'_>, nodes: &[&str]) -> Vec<ObjectRef> {
    let [first, rest @ ..] = nodes else {
        return Vec::new();
    };
    let mut agents = agents_unwell_on(view, first);
    for node in rest {
        let here = agents_unwell_on(view, node);
        agents.retain(|agent| here.contains(agent));
    }
    agents
}

fn agents_unwell_on(view: &View<'_>, node: &str) -> Vec<ObjectRef> {
    let gives_network = |one: &ObjectRef| {
        let mut names = PLUGINS.iter().chain(&PROXIES);
        one.kind == "DaemonSet" && names.any(|name| one.name.contains(name))
    };
    let here = view.unsettled_pods().filter(|pod| {
        pod.spec.host_network
            && pod.spec.node_name == node
            && Trouble::of(pod, view.now()).is_some()
    });
    here.map(|pod| Workload::of(view, pod).object)
        .filter(gives_network)
        .collect()
}

/// Whether anything ails the pods of these DaemonSets on a node.
///
/// A check that uses this lists `seeing_pods!`.
pub(in crate::checks) fn ails_on(view: &View<'_>, node: &Node, sets: &[ObjectRef]) -> bool {
    let mut here = view
        .unsettled_pods()
        .filter(|pod| pod.spec.node_name == node.metadata.name);
    here.any(|pod| {
        Trouble::of(pod, view.now()).is_some() && sets.contains(&Workload::of(view, pod).object)
    })
}
