//! Which finding explains which: blame edges, condensed, roots first.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::facts::meta::Place;
use crate::finding::Finding;
use crate::object::ObjectRef;

mod blame;
mod graph;
#[cfg(test)]
mod tests;

use graph::Graph;

/// A finding with its place in the graph of causes.
#[derive(Debug, Clone)]
pub struct Caused {
    /// What was found.
    pub finding: Finding,
    /// The first cause: another object, where one is known.
    pub because: Option<ObjectRef>,
    /// All roots that explain it.
    pub causes: Vec<ObjectRef>,
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

/// Several findings may be about one root object, at one place of it: of the worst one that says why stays the root,
/// which explains the others.
fn keep_one_root_an_object(all: &mut [Caused]) {
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].root).collect();
    order.sort_by_key(|at| {
        let finding = &all[*at].finding;
        (Reverse(finding.level), finding.is_symptom)
    });
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
            caused.causes = vec![caused.finding.object.clone()];
        }
    }
}
