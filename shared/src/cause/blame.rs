//! Who blames whom, and how surely: the edges between objects that something was found about.

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::finding::{Finding, Level};
use crate::object::ObjectRef;

/// Who blames whom.
pub(super) type Blame<'a> = DiGraph<&'a ObjectRef, Certainty>;

/// How sure a blame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    Possible,
    Suspected,
    Certain,
}

/// How bad it is what was found about each object.
pub(super) type Levels<'a> = HashMap<&'a ObjectRef, Level>;

/// The worst that was found about each.
pub(super) fn levels(findings: &[Finding]) -> Levels<'_> {
    let mut levels = Levels::new();
    for finding in findings {
        let level = levels.entry(&finding.object).or_insert(finding.level);
        *level = (*level).max(finding.level);
    }
    levels
}

/// The graph of who blames whom, of those that something was found about.
pub(super) fn graph<'a>(findings: &'a [Finding], levels: &Levels<'a>) -> Blame<'a> {
    let mut graph = Blame::new();
    let mut nodes: HashMap<&ObjectRef, NodeIndex> = HashMap::new();
    for finding in findings {
        nodes
            .entry(&finding.object)
            .or_insert_with(|| graph.add_node(&finding.object));
    }
    let spaces = spaces(levels);
    let passed_on = passed_on(findings, levels);
    for finding in findings {
        let space = spaces.get(finding.object.namespace());
        let space = space.filter(|(_, level)| *level >= finding.level);
        let space = space.map(|(space, _)| (*space, Certainty::Possible));
        let causes = causes(finding, levels, &passed_on);
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
    graph
}

/// The namespaces that something was found about, by their names: what is in one that goes away, or is
/// not there, goes with it.
fn spaces<'a>(levels: &Levels<'a>) -> HashMap<&'a str, (&'a ObjectRef, Level)> {
    let spaces = levels
        .iter()
        .filter(|(object, _)| object.kind == "Namespace" && object.group().is_empty());
    spaces
        .map(|(object, level)| (object.name.as_str(), (*object, *level)))
        .collect()
}

/// For each object that is not in error, such as a release that still waits: what it blames and suspects. Whoever
/// blames it suspects those instead.
fn passed_on<'a>(
    findings: &'a [Finding],
    levels: &Levels<'_>,
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
    levels: &Levels<'_>,
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
