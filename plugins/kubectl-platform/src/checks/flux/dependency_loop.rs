//! flux/dependency-loop: Kustomizations or HelmReleases wait for each other.
//!
//! Each of them depends, directly or through others, on itself. None is ever applied.
//!
//! Take one of the `spec.dependsOn` entries out.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Kind, Need, View, declared};
use shared::finding::Findings;

use crate::checks::evidence::dependent::Dependent;
use crate::checks::evidence::flux;
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = &[declared(Kind::Kustomization), declared(Kind::HelmRelease)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<Kustomization>(view, found);
    each::<HelmRelease>(view, found);
}

fn each<F: Dependent>(view: &View<'_>, found: &mut Findings) {
    let graph = graph(view.all::<F>());
    for members in tarjan_scc(&graph) {
        let names: Vec<String> = members
            .iter()
            .rev()
            .map(|node| graph[*node].reference().to_string())
            .collect();
        for node in &members {
            let Some(next) = graph.neighbors(*node).find(|next| members.contains(next)) else {
                continue;
            };
            let object = graph[*node];
            let meta = object.meta();
            let text = format!(
                "depends on itself: {} wait for each other",
                names.join(", ")
            );
            found
                .error(object, text)
                .blame(graph[next].reference())
                .remedy(command!(
                    "kubectl -n {} get {} {} -o jsonpath='{{.spec.dependsOn}}'",
                    meta.namespace,
                    F::KIND.plural(),
                    meta.name
                ));
        }
    }
}

/// Who depends on whom; what is not there has no part in a loop.
fn graph<F: Dependent>(all: &[F]) -> DiGraph<&F, ()> {
    let mut graph = DiGraph::new();
    let nodes: Vec<NodeIndex> = all.iter().map(|object| graph.add_node(object)).collect();
    for (object, from) in all.iter().zip(&nodes) {
        for target in object.depends_on() {
            let namespace = flux::namespace_of(object, target);
            let to = all.iter().position(|other| {
                let meta = other.meta();
                meta.name == target.name && meta.namespace == namespace
            });
            if let Some(to) = to {
                graph.update_edge(*from, nodes[to], ());
            }
        }
    }
    graph
}
