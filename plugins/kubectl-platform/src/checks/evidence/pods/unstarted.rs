//! Pods that their node does not start: it makes no sandbox, gets no image, has no files left, resolves
//! no names.
//!
//! A check that uses this lists `pods_and!`, and hints at `Event`, `Node`, `Secret` and `ConfigMap`, and at
//! what `unresolved` asks for.

use std::collections::{BTreeMap, BTreeSet};

use shared::facts::View;
use shared::facts::kinds::pod::Pod;
use shared::object::ObjectRef;

use super::hold::Hold;
use super::memory;
use super::pull::{self, Sort};
use super::trouble::Trouble;
use super::workload::Workload;
use crate::checks::evidence::services::unresolved;

/// Words for a want of memory: that a program may take, or that its node has.
const NO_MEMORY: &str = "cannot allocate memory";

/// Words for what a whole node has run out of.
const EXHAUSTED: &[&str] = &[
    "too many open files",
    NO_MEMORY,
    "resource temporarily unavailable",
    "input/output error",
];

/// What a node does not do for pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checks) enum Lack {
    /// It makes no sandbox: mostly the network plugin.
    Sandbox,
    /// It gets no images: its network, its disk, its trust.
    Image,
    /// It gives no files, memory or disk.
    Means,
    /// Programs on it cannot resolve names, and others can.
    Names,
}

impl std::fmt::Display for Lack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sandbox => "makes no sandboxes for pods",
            Self::Image => "gets no images",
            Self::Means => "does not let programs run",
            Self::Names => "does not resolve names",
        })
    }
}

/// What one node alone lacks, and whose pods it keeps from starting.
pub(in crate::checks) struct Unstarted<'a> {
    /// The node's name.
    pub(in crate::checks) node: &'a str,
    /// What it does not do.
    pub(in crate::checks) lack: Lack,
    /// kubelet's, the registry's or the program's words.
    pub(in crate::checks) words: &'a str,
    /// The workloads, two or more.
    pub(in crate::checks) workloads: Vec<ObjectRef>,
    /// The registries that it does not reach, where one alone might be at fault.
    registries: BTreeSet<&'a str>,
}

/// The nodes that start the pods of no workload, where those of other nodes do not fail alike.
pub(in crate::checks) fn nodes<'a>(view: &View<'a>) -> Vec<Unstarted<'a>> {
    let mut by_lack: BTreeMap<Lack, BTreeMap<&str, Unstarted<'a>>> = BTreeMap::new();
    for pod in view.unsettled_pods() {
        let Some((lack, words, registry)) = lack(view, pod) else {
            continue;
        };
        let (node, workload) = (pod.spec.node_name.as_str(), Workload::of(view, pod).object);
        let nodes = by_lack.entry(lack).or_default();
        let known = nodes.entry(node).or_insert_with(|| Unstarted {
            node,
            lack,
            words,
            workloads: Vec::new(),
            registries: BTreeSet::new(),
        });
        known.registries.extend(registry);
        if !known.workloads.contains(&workload) {
            known.workloads.push(workload);
        }
    }
    let lonely = by_lack.into_iter().filter(|(lack, nodes)| match lack {
        Lack::Names => unresolved::is_resolved_beside(view, &nodes.keys().copied().collect()),
        _ => nodes.len() == 1,
    });
    let all = lonely.flat_map(|(_, nodes)| nodes.into_values());
    all.filter(|one| one.workloads.len() > 1 && one.registries.len() != 1)
        .collect()
}

/// What a pod's node does not do for it, the words that tell, and the registry that may be at fault
/// instead.
fn lack<'a>(view: &View<'a>, pod: &'a Pod) -> Option<(Lack, &'a str, Option<&'a str>)> {
    if let Some(Hold::Sandbox(words)) = Hold::of(view, pod) {
        // What stands before is the sandbox's number.
        let words = words.split_once("\": ").map_or(words, |(_, rest)| rest);
        return Some((Lack::Sandbox, words, None));
    }
    if let Some((words, _)) = unresolved::complaint(view, pod) {
        return Some((Lack::Names, words, None));
    }
    let words = match Trouble::of(pod, view.now())? {
        Trouble::Waiting(part, reason, said) if pull::REASONS.contains(&reason) => {
            let words = pull::said(view, pod, said);
            let registry = pull::registry(&part.status.image);
            let registry = Some(registry).filter(|_| pull::sort(words) == Sort::Registry);
            return pull::is_of_node(words).then_some((Lack::Image, words, registry));
        }
        Trouble::Waiting(_, _, words) => words,
        Trouble::Crashing(_, end) => end.map_or("", |end| &end.message),
        _ => return None,
    };
    let is_of_node = is_exhausted(words)
        && (!words.contains(NO_MEMORY) || memory::is_used_up(view, &pod.spec.node_name));
    is_of_node.then_some((Lack::Means, words, None))
}

/// Whether words tell of a node that has nothing left.
pub(in crate::checks) fn is_exhausted(words: &str) -> bool {
    EXHAUSTED.iter().any(|exhausted| words.contains(exhausted))
}
