//! Pods that their node does not start: it makes no sandbox, gets no image, has no files left.
//!
//! A check that uses this lists `pods_and!`, and hints at `Event`, `Secret` and `ConfigMap`.

use std::collections::BTreeMap;

use shared::facts::View;
use shared::facts::kinds::pod::Pod;
use shared::object::ObjectRef;

use super::hold::Hold;
use super::pull;
use super::trouble::Trouble;
use super::workload::Workload;

/// Words for what a whole node has run out of.
const EXHAUSTED: &[&str] = &[
    "too many open files",
    "cannot allocate memory",
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
}

impl std::fmt::Display for Lack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sandbox => "makes no sandboxes for pods",
            Self::Image => "gets no images",
            Self::Means => "does not let programs run",
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
}

/// The nodes that start the pods of no workload, where those of other nodes do not fail alike.
pub(in crate::checks) fn nodes<'a>(view: &View<'a>) -> Vec<Unstarted<'a>> {
    let mut by_lack: BTreeMap<Lack, Vec<Unstarted<'a>>> = BTreeMap::new();
    for pod in view.unsettled_pods() {
        let Some((lack, words)) = lack(view, pod) else {
            continue;
        };
        let (node, workload) = (pod.spec.node_name.as_str(), Workload::of(view, pod).object);
        let nodes = by_lack.entry(lack).or_default();
        match nodes.iter_mut().find(|known| known.node == node) {
            Some(known) if known.workloads.contains(&workload) => {}
            Some(known) => known.workloads.push(workload),
            None => nodes.push(Unstarted {
                node,
                lack,
                words,
                workloads: vec![workload],
            }),
        }
    }
    let lonely = by_lack.into_values().filter(|nodes| nodes.len() == 1);
    let all = lonely.flatten();
    all.filter(|one| one.workloads.len() > 1).collect()
}

/// What a pod's node does not do for it, and the words that tell.
fn lack<'a>(view: &View<'a>, pod: &'a Pod) -> Option<(Lack, &'a str)> {
    if let Some(Hold::Sandbox(words)) = Hold::of(view, pod) {
        // What stands before is the sandbox's number.
        return Some((
            Lack::Sandbox,
            words.split_once("\": ").map_or(words, |(_, rest)| rest),
        ));
    }
    let words = match Trouble::of(pod, view.now())? {
        Trouble::Waiting(_, reason, said) if pull::REASONS.contains(&reason) => {
            let words = pull::said(view, pod, said);
            return pull::is_of_node(words).then_some((Lack::Image, words));
        }
        Trouble::Waiting(_, _, words) => words,
        Trouble::Crashing(_, end) => end.map_or("", |end| &end.message),
        _ => return None,
    };
    is_exhausted(words).then_some((Lack::Means, words))
}

/// Whether words tell of a node that has nothing left.
pub(in crate::checks) fn is_exhausted(words: &str) -> bool {
    EXHAUSTED.iter().any(|exhausted| words.contains(exhausted))
}
