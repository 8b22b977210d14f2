//! Which objects of Flux depend on which.

use petgraph::graph::{DiGraph, NodeIndex};

use super::dependent::Dependent;
use crate::checks::evidence::flux;

/// Who depends on whom; what is not there has no part in a loop.
pub(in crate::checks) fn graph<F: Dependent>(all: &[F]) -> DiGraph<&F, ()> {
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
