//! Which finding explains which: blame edges, condensed, roots first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::facts::meta::Place;
use crate::finding::{Finding, Level};
use crate::object::ObjectRef;

/// A finding with its place in the graph of causes.
#[derive(Debug, Clone)]
pub struct Caused {
    /// What was found.
    pub finding: Finding,
    /// The first cause: another object, where one is known.
    pub because: Option<ObjectRef>,
    /// Whether nothing else that was found explains it.
    pub root: bool,
    /// How many other objects with findings it explains.
    pub explains: usize,
}

/// Orders findings: roots first, errors before warnings, then by how much each explains.
///
/// Findings that blame each other in a circle are explained by one of them, the worst.
pub fn explain(findings: Vec<Finding>) -> Vec<Caused> {
    let graph = Graph::new(&findings);
    let mut all: Vec<Caused> = findings
        .into_iter()
        .map(|finding| graph.place(finding))
        .collect();
    keep_one_root_an_object(&mut all);
    all.sort_by_key(|caused| {
        (
            !caused.root,
            Reverse(caused.finding.level),
            Reverse(caused.explains),
            caused.finding.check,
            caused.finding.object.clone(),
        )
    });
    all
}

/// Who blames whom.
type Blame<'a> = DiGraph<&'a ObjectRef, Certainty>;

/// How sure a blame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    Possible,
    Suspected,
    Certain,
}

struct Graph {
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
    fn new(findings: &[Finding]) -> Self {
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
        for finding in findings {
            for (blamed, certainty) in causes(finding, &levels) {
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

    fn place(&self, finding: Finding) -> Caused {
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

/// What a finding blames: the certain causes that anything serious was found about, and the
/// suspects and makers that are at least as bad.
fn causes<'a>(
    finding: &'a Finding,
    levels: &HashMap<&ObjectRef, Level>,
) -> Vec<(&'a ObjectRef, Certainty)> {
    let level_of = |object: &ObjectRef| levels.get(object).copied();
    let certain = finding
        .blames
        .iter()
        .filter(|object| level_of(object) >= Some(Level::Warning.min(finding.level)))
        .map(|object| (object, Certainty::Certain));
    let suspects = finding
        .suspects
        .iter()
        .filter(|object| level_of(object) >= Some(finding.level))
        .map(|object| (object, Certainty::Suspected));
    let makers = finding
        .makers
        .iter()
        .filter(|object| level_of(object) >= Some(finding.level))
        .map(|object| (object, Certainty::Possible));
    certain
        .chain(suspects)
        .chain(makers)
        .filter(|(object, _)| **object != finding.object)
        .collect()
}

/// Several findings may be about one root object, at one place of it: the worst stays the root, which explains
/// the others.
fn keep_one_root_an_object(all: &mut [Caused]) {
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].root).collect();
    order.sort_by_key(|at| Reverse(all[*at].finding.level));
    let mut seen: HashMap<ObjectRef, Vec<Option<Place>>> = HashMap::new();
    for at in order {
        let caused = &mut all[at];
        let place = caused.finding.place.clone();
        let places = seen.entry(caused.finding.object.clone()).or_default();
        // Two places are two objects of one name; a finding without a place is about any.
        let is_other =
            |known: &Option<Place>| known.is_some() && place.is_some() && *known != place;
        let is_first = places.iter().all(is_other);
        places.push(place);
        if !is_first {
            caused.root = false;
            caused.explains = 0;
            caused.because = Some(caused.finding.object.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(level: Level, name: &str, blames: &[&str]) -> Finding {
        let object = |name: &str| ObjectRef::new("v1", "Pod", "auth", name);
        Finding {
            check: "test/test",
            level,
            object: object(name),
            place: None,
            message: String::new(),
            remedy: None,
            blames: blames.iter().map(|name| object(name)).collect(),
            suspects: Vec::new(),
            makers: Vec::new(),
        }
    }

    fn roots(findings: Vec<Finding>) -> Vec<(String, usize)> {
        let all = explain(findings);
        all.into_iter()
            .filter(|caused| caused.root)
            .map(|caused| (caused.finding.object.name, caused.explains))
            .collect()
    }

    #[test]
    fn a_chain_has_one_root() {
        let error = Level::Error;
        let chain = vec![
            finding(error, "a", &["b"]),
            finding(error, "b", &["c"]),
            finding(error, "c", &[]),
        ];
        assert_eq!(roots(chain.clone()), [("c".to_owned(), 2)]);
        let first = explain(chain)
            .into_iter()
            .find(|caused| caused.finding.object.name == "a")
            .unwrap();
        assert_eq!(first.because.unwrap().name, "c");
    }

    #[test]
    fn a_circle_has_one_root_and_what_hangs_on_it_none() {
        let error = Level::Error;
        let circle = vec![
            finding(error, "a", &["b"]),
            finding(error, "b", &["a"]),
            finding(error, "x", &["a"]),
        ];
        assert_eq!(roots(circle), [("a".to_owned(), 2)]);
    }

    #[test]
    fn in_a_circle_certain_blame_weighs_more_than_suspicion() {
        let mut secret = finding(Level::Error, "secret", &[]);
        secret.suspects = vec![
            ObjectRef::new("v1", "Pod", "auth", "kustomization"),
            ObjectRef::new("v1", "Pod", "auth", "another"),
        ];
        let circle = vec![
            finding(Level::Error, "kustomization", &["deployment"]),
            finding(Level::Error, "deployment", &["secret"]),
            finding(Level::Error, "another", &["deployment"]),
            secret,
        ];
        assert_eq!(roots(circle), [("secret".to_owned(), 3)]);
    }

    #[test]
    fn in_a_circle_what_was_to_make_something_counts_least() {
        let object = |name: &str| ObjectRef::new("v1", "Pod", "auth", name);
        let mut secret = finding(Level::Error, "secret", &[]);
        secret.makers = vec![object("kustomization")];
        let mut pod = finding(Level::Error, "pod", &[]);
        pod.suspects = vec![object("secret")];
        let circle = vec![
            finding(Level::Error, "kustomization", &["pod"]),
            pod,
            secret,
        ];
        assert_eq!(roots(circle), [("secret".to_owned(), 2)]);
    }

    #[test]
    fn an_object_is_one_root_however_many_findings_know_its_place() {
        let place = |line| {
            let path = std::sync::Arc::from("cluster.yaml");
            Some(Place {
                path,
                line: Some(line),
            })
        };
        let mut read = finding(Level::Error, "a", &[]);
        read.place = place(1);
        let named = finding(Level::Error, "a", &[]);
        assert_eq!(roots(vec![read.clone(), named]).len(), 1);
        let mut elsewhere = finding(Level::Error, "a", &[]);
        elsewhere.place = place(9);
        assert_eq!(roots(vec![read, elsewhere]).len(), 2);
    }

    #[test]
    fn an_error_is_not_explained_by_what_is_only_rolling_out() {
        let mixed = vec![
            finding(Level::Error, "a", &["b"]),
            finding(Level::Info, "b", &[]),
        ];
        assert_eq!(roots(mixed), [("a".to_owned(), 0), ("b".to_owned(), 0)]);
    }

    #[test]
    fn blame_of_an_object_that_nothing_was_found_about_is_the_cause_all_the_same() {
        let all = explain(vec![finding(Level::Error, "a", &["gone"])]);
        assert!(all[0].root);
        assert_eq!(all[0].because.as_ref().unwrap().name, "gone");
    }
}
