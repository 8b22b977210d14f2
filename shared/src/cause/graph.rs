//! The graph of blame: objects with findings, condensed where they blame each other in a circle.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::Caused;
use crate::finding::{Finding, Level};
use crate::object::ObjectRef;

/// Who blames whom.
type Blame<'a> = DiGraph<&'a ObjectRef, Certainty>;

/// How sure a blame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    Possible,
    Suspected,
    Certain,
}

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
        let mut levels: HashMap<&ObjectRef, Level> = HashMap::new();
        for finding in findings {
            let level = levels.entry(&finding.object).or_insert(finding.level);
            *level = (*level).max(finding.level);
        }
        let mut graph = Blame::new();
        let mut nodes: HashMap<&ObjectRef, NodeIndex> = HashMap::new();
        for finding in findings {
            nodes
                .entry(&finding.object)
                .or_insert_with(|| graph.add_node(&finding.object));
        }
        let spaces = spaces(&levels);
        let passed_on = passed_on(findings, &levels);
        for finding in findings {
            let space = spaces.get(finding.object.namespace());
            let space = space.filter(|(_, level)| *level >= finding.level);
            let space = space.map(|(space, _)| (*space, Certainty::Possible));
            let causes = causes(finding, &levels, &passed_on);
            for (blamed, certainty) in causes.into_iter().chain(space) {
                if let (Some(from), Some(to)) = (nodes.get(&finding.object), nodes.get(blamed)) {
                    let known = graph
                        .find_edge(*from, *to)
                        .and_then(|edge| graph.edge_weight(edge));
                    let certainty = known
                        .copied()
                        .map_or(certainty, |known| known.max(certainty));
                    graph.update_edge(*from, *to, certainty);
                }
            }
        }
        Self::condense(&graph, &levels)
    }

    /// Components come out of Tarjan's algorithm causes first, so each finds its causes done.
    fn condense(graph: &Blame<'_>, levels: &HashMap<&ObjectRef, Level>) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of = HashMap::new();
        for mut members in tarjan_scc(graph) {
            let circle: HashSet<NodeIndex> = members.iter().copied().collect();
            members.sort_by_key(|node| {
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
        Caused {
            because,
            root,
            explains: if root { group.explains } else { 0 },
            finding,
        }
    }
}

/// The namespaces that something was found about, by their names: what is in one that goes away, or is
/// not there, goes with it.
fn spaces<'a>(levels: &HashMap<&'a ObjectRef, Level>) -> HashMap<&'a str, (&'a ObjectRef, Level)> {
    let spaces = levels
        .iter()
        .filter(|(object, _)| object.kind == "Namespace" && object.group().is_empty());
    spaces
        .map(|(object, level)| (object.name.as_str(), (*object, *level)))
        .collect()
}

/// What the objects are thought to come from that are less bad than an error: one that still waits, such
/// as a release, passes on what is said of it.
fn passed_on<'a>(
    findings: &'a [Finding],
    levels: &HashMap<&ObjectRef, Level>,
) -> HashMap<&'a ObjectRef, Vec<&'a ObjectRef>> {
    let mut all: HashMap<&ObjectRef, Vec<&ObjectRef>> = HashMap::new();
    for finding in findings {
        if levels.get(&finding.object) < Some(&Level::Error) {
            let of_object = all.entry(&finding.object).or_default();
            of_object.extend(finding.blames.iter().chain(&finding.suspects));
        }
    }
    all
}

/// What a finding blames: the certain causes that anything serious was found about, and the
/// suspects and makers that are at least as bad. What is less bad passes the suspicion on.
fn causes<'a>(
    finding: &'a Finding,
    levels: &HashMap<&ObjectRef, Level>,
    passed_on: &HashMap<&'a ObjectRef, Vec<&'a ObjectRef>>,
) -> Vec<(&'a ObjectRef, Certainty)> {
    let is_as_bad = |object: &ObjectRef| levels.get(object).copied() >= Some(finding.level);
    let is_serious = |object: &ObjectRef| {
        let level = levels.get(object).copied();
        level >= Some(Level::Warning.min(finding.level))
    };
    let certain = finding
        .blames
        .iter()
        .filter(|object| is_serious(object))
        .map(|object| (object, Certainty::Certain));
    let suspects = finding.suspects.iter();
    let further = finding.blames.iter().chain(&finding.suspects);
    let further = further.filter_map(|object| passed_on.get(object)).flatten();
    let suspects = suspects
        .chain(further.copied())
        .filter(|object| is_as_bad(object))
        .map(|object| (object, Certainty::Suspected));
    let makers = finding
        .makers
        .iter()
        .filter(|object| is_as_bad(object))
        .map(|object| (object, Certainty::Possible));
    certain
        .chain(suspects)
        .chain(makers)
        .filter(|(object, _)| **object != finding.object)
        .collect()
}
