//! Who explains whom: the graph of blame, condensed where objects blame each other in a circle.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Caused;
use super::blame::{self, Blame, Certainty, Levels};
use crate::finding::Finding;
use crate::object::ObjectRef;

/// Who explains whom, settled.
pub(super) struct Graph {
    groups: Vec<Group>,
    group_of: HashMap<ObjectRef, usize>,
}

/// Objects that blame each other in a circle; mostly just one.
struct Group {
    /// The object that stands for all: of the worst the one that is least sure of its own cause, and
    /// that the others certainly blame.
    head: ObjectRef,
    /// The groups at the end of all blame; itself alone when it is a root.
    roots: Vec<usize>,
    explains: usize,
}

impl Graph {
    pub(super) fn new(findings: &[Finding]) -> Self {
        let levels = blame::levels(findings);
        Self::condense(&blame::graph(findings, &levels), &levels)
    }

    /// Components come causes first, so each finds its causes done. Kosaraju's algorithm needs no deep stack for a long
    /// chain of blame, as Tarjan's does.
    fn condense(graph: &Blame<'_>, levels: &Levels<'_>) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of = HashMap::new();
        for mut members in kosaraju_scc(graph) {
            let circle: HashSet<NodeIndex> = members.iter().copied().collect();
            members.sort_by_cached_key(|node| {
                let object = graph[*node];
                let within = |direction| {
                    graph.edges_directed(*node, direction).filter(|edge| {
                        circle.contains(&edge.source()) && circle.contains(&edge.target())
                    })
                };
                let surest = within(Direction::Outgoing).map(|edge| *edge.weight()).max();
                let blamed = within(Direction::Incoming)
                    .filter(|edge| *edge.weight() == Certainty::Certain)
                    .count();
                (
                    Reverse(levels.get(object).copied()),
                    surest,
                    Reverse(blamed),
                    graph.neighbors(*node).count(),
                    object,
                )
            });
            let at = groups.len();
            let mut roots: Vec<usize> = Vec::new();
            for cause in members.iter().flat_map(|node| graph.neighbors(*node)) {
                if let Some(group) = group_of
                    .get(graph[cause])
                    .and_then(|at: &usize| groups.get(*at))
                {
                    roots.extend(&group.roots);
                }
            }
            roots.sort_unstable();
            roots.dedup();
            for node in &members {
                group_of.insert(graph[*node].clone(), at);
            }
            for root in &roots {
                groups[*root].explains += members.len();
            }
            if roots.is_empty() {
                roots.push(at);
            }
            let head = graph[members[0]].clone();
            groups.push(Group {
                head,
                explains: members.len() - 1,
                roots,
            });
        }
        Self { groups, group_of }
    }

    pub(super) fn place(&self, finding: Finding) -> Caused {
        let at = self.group_of[&finding.object];
        let group = &self.groups[at];
        let is_head = group.head == finding.object;
        let root = group.roots == [at] && is_head;
        let explained_by = group
            .roots
            .iter()
            .map(|root| &self.groups[*root])
            .max_by_key(|root| root.explains)
            .map(|root| root.head.clone());
        let because = if root {
            finding.blames.first().cloned()
        } else {
            explained_by
        };
        let roots = group
            .roots
            .iter()
            .map(|root| self.groups[*root].head.clone());
        let causes = if root { Vec::new() } else { roots.collect() };
        Caused {
            because,
            causes,
            root,
            explains: if root { group.explains } else { 0 },
            finding,
        }
    }
}
