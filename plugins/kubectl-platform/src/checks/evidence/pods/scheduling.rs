//! What the scheduler's words about a pod point to.
//!
//! A check that uses this hints at `Node`, `PersistentVolumeClaim` and all workloads.

use shared::facts::kinds::node::{Node, Taint};
use shared::facts::kinds::pod::PodSpec;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, View};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use super::lost_label::lost_label;
use crate::checks::evidence::services::{selection, users};
use crate::checks::evidence::volumes::claim;
use crate::checks::evidence::words::remedy::{self, command};

/// How the scheduler says that a volume is elsewhere, in older versions of Kubernetes and in newer ones.
const ELSEWHERE: [&str; 2] = [
    "node(s) had volume node affinity conflict",
    "node(s) didn't match PersistentVolume's node affinity",
];

/// How the keys of taints end that an agent of each node takes away once it runs: nobody sets those to keep pods out.
const LEFT: [&str; 3] = ["agent-not-ready", "agent-not-ready-taint", "/uninitialized"];

/// Says of nodes that are not there any more that they alone had the volumes of claims, and which they are.
pub(in crate::checks) fn report_gone(
    view: &View<'_>,
    found: &mut Findings,
    claims: &[ObjectRef],
    words: &str,
) -> Vec<ObjectRef> {
    let is_elsewhere = ELSEWHERE.iter().any(|reason| words.contains(reason));
    let claims = claims.iter().filter(|_| is_elsewhere);
    let read = claims.filter_map(|claim| view.get(claim.namespace(), &claim.name));
    let homes = read.filter_map(|claim| Some((claim, claim::home(claim)?)));
    let gone = homes.filter(|(_, node)| view.lacks::<Node>("", &node.name));
    let gone = gone.map(|(claim, node)| {
        let (name, claim) = (&node.name, claim.reference());
        let told =
            format!("node {name} is not there any more, and alone has the volume of {claim}");
        found.missing(Level::Error, node.clone(), told);
        node
    });
    gone.collect()
}

/// The nodes that were passed over for a reason of their own: they are unwell or cordoned.
pub(in crate::checks) fn passed_over(
    view: &View<'_>,
    words: &str,
) -> impl Iterator<Item = ObjectRef> {
    let is_named = |key: &str| key.starts_with("node.kubernetes.io/") && words.contains(key);
    let nodes = view.all::<Node>().iter().filter(move |node| {
        let is_cordoned = node.spec.unschedulable && words.contains("unschedulable");
        is_cordoned || node.spec.taints.iter().any(|taint| is_named(&taint.key))
    });
    nodes.map(Fact::reference)
}

/// Whether a claim of the pod is not there, as far as was read, or as the scheduler says.
pub(in crate::checks) fn lacks(view: &View<'_>, claim: &ObjectRef, words: &str) -> bool {
    let (namespace, name) = (claim.namespace(), &claim.name);
    let read = view.get::<PersistentVolumeClaim>(namespace, name);
    let is_said = words.contains(&format!("persistentvolumeclaim \"{name}\" not found"));
    read.is_none() && (is_said || view.knows::<PersistentVolumeClaim>())
}

/// What of the scheduler's words may keep other pods away too, since the nodes are so and no matter of the
/// pod's: taints, too little of whatever, and a label that none has. Nothing where there is any other reason.
pub(in crate::checks) fn of_nodes(view: &View<'_>, spec: &PodSpec, words: &str) -> Option<String> {
    if let Some(label) = lost_label(view, spec, words) {
        return Some(label);
    }
    let kept = reasons(words).into_iter().map(|reason| {
        let is_short = reason.starts_with("Insufficient ") || reason == "Too many pods";
        let is_of_node = is_taint(reason) || reason == "node(s) were unschedulable";
        let short = is_short.then_some("Insufficient");
        short.or(is_of_node.then_some(reason))
    });
    let mut all = kept.collect::<Option<Vec<_>>>()?;
    all.sort_unstable();
    all.dedup();
    (!all.is_empty()).then(|| all.join(", "))
}

/// What comes before the words of preemption, without a full stop.
fn first_sentences(words: &str) -> &str {
    let said = words.split(" preemption: ").next().unwrap_or_default();
    said.trim_end_matches('.')
}

/// What the scheduler says, without what it says of preemption.
pub(in crate::checks) fn said(view: &View<'_>, spec: &PodSpec, words: &str) -> String {
    match (first_sentences(words), lost_label(view, spec, words)) {
        ("", _) => "no scheduler has looked at it".to_owned(),
        (said, Some(label)) => format!("no node has label {label}: {said}"),
        (said, None) => said.to_owned(),
    }
}

/// Says of the first of the nodes that nothing but their taints keeps pods from that these do, and which it is.
pub(in crate::checks) fn report_taints(
    view: &View<'_>,
    found: &mut Findings,
    words: &str,
) -> Option<ObjectRef> {
    let reasons = reasons(words);
    let is_named = |taint: &&Taint| {
        let named = format!("{{{}: {}}}", taint.key, taint.value);
        reasons.iter().all(|reason| is_taint(reason))
            && reasons.iter().any(|reason| reason.contains(&named))
    };
    let nodes = view.all::<Node>().iter();
    let nodes = nodes.filter_map(|node| Some((node, node.spec.taints.iter().find(is_named)?)));
    let nodes: Vec<_> = nodes.collect();
    let [(first, taint), others @ ..] = nodes.as_slice() else {
        return None;
    };
    let Taint { key, value, effect } = taint;
    let is = if value.is_empty() { "" } else { "=" };
    let more = match others.len() {
        0 => String::new(),
        1 => " and another node".to_owned(),
        more => format!(" and {more} other nodes"),
    };
    let behind = unwell_behind(view, key);
    let is_left = behind.is_some() || LEFT.iter().any(|end| key.ends_with(end));
    let mut told = format!("taint {key}{is}{value}:{effect} keeps pods from it{more}");
    let remedy = if is_left {
        let names = nodes.iter().map(|(node, _)| node.metadata.name.as_str());
        let names: Vec<_> = names.map(|name| command!("{}", name)).collect();
        command!("kubectl taint nodes {} {}-", "NODES", key).replace("NODES", &names.join(" "))
    } else {
        told += "; where it is meant to, they need a toleration, in Git";
        remedy::describe(&first.reference())
    };
    let finding = found.error(*first, told).remedy(remedy);
    finding.suspect(behind);
    Some(first.reference())
}

/// What is to take away the taints that the words name, and does not run.
pub(in crate::checks) fn behind_taints(view: &View<'_>, words: &str) -> Vec<ObjectRef> {
    let taints = view.all::<Node>().iter().flat_map(|node| &node.spec.taints);
    let named =
        taints.filter(|taint| words.contains(&format!("{{{}: {}}}", taint.key, taint.value)));
    let mut keys: Vec<_> = named.map(|taint| taint.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .filter_map(|key| unwell_behind(view, key))
        .collect()
}

/// What is to take a taint away once it runs, and does not run, as its name and that of the taint tell: `cilium`
/// and `node.cilium.io/agent-not-ready`, `cloud-controller-manager` and
/// `node.cloudprovider.kubernetes.io/uninitialized`.
fn unwell_behind(view: &View<'_>, key: &str) -> Option<ObjectRef> {
    let is_named = |name: &str| {
        let mut words = name.split('-').filter(|word| tells(word));
        words.any(|word| {
            key.split(['.', '/', '-'])
                .any(|part| part.starts_with(word))
        })
    };
    let mut all = selection::makers(view).into_iter();
    let found = all.find(|maker| is_named(&maker.meta.name) && users::is_unwell(maker));
    found.map(|maker| maker.object)
}

/// Whether a word of a name tells whose a taint is. Short ones begin many others, and some stand in taints of anybody.
fn tells(word: &str) -> bool {
    word.len() > 4 && !["agent", "kubernetes", "ready", "taint"].contains(&word)
}

/// The reasons of the nodes, each without how many have it. That control planes take no other pods is none,
/// and that a volume is elsewhere is none where that node has a taint.
fn reasons(words: &str) -> Vec<&str> {
    let (_, all) = words
        .split_once("nodes are available: ")
        .unwrap_or_default();
    let all = all.split(". ").next().unwrap_or_default();
    let all = all.trim_end_matches('.').split(", ");
    let reasons = all.filter_map(|reason| {
        let (count, reason) = reason.split_once(' ')?;
        count.parse::<u32>().ok().map(|_| reason)
    });
    let others = reasons.filter(|reason| !reason.contains("{node-role.kubernetes.io/"));
    let mut all: Vec<_> = others.collect();
    if all.iter().any(|reason| is_taint(reason)) {
        all.retain(|reason| !ELSEWHERE.contains(reason));
    }
    all
}

fn is_taint(reason: &str) -> bool {
    reason.starts_with("node(s) had ") && reason.contains("taint")
}
