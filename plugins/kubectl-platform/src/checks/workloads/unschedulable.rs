//! workloads/unschedulable: No node takes a pod.
//!
//! The scheduler finds no node for the pod: too little CPU or memory, taints that it does not
//! tolerate, a selector or affinity that no node meets, a volume that is elsewhere or not bound, a
//! port that is taken. The message quotes its words, one count of nodes for each reason.
//!
//! Lower what the pod asks for, mend or add a node, or correct selector, tolerations and affinity in
//! Git.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::references;
use crate::checks::evidence::remedy;
use crate::checks::evidence::span::lasting;
use crate::checks::evidence::trouble::Trouble;
use crate::checks::evidence::workload::by_workload;

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Node).hint(),
    live(Kind::PersistentVolumeClaim).hint()
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .unsettled_pods()
        .filter_map(|pod| match Trouble::of(pod, view.now())? {
            // Less than nothing is the priority of pods that only hold a place until others need it.
            Trouble::Unscheduled(words) if pod.spec.priority.unwrap_or(0) >= 0 => {
                Some((pod, words))
            }
            _ => None,
        });
    for group in by_workload(view, pods) {
        let Some((pod, words)) = group.pods.first() else {
            continue;
        };
        let lasting = lasting(pod.metadata.creation_timestamp, view.now());
        let short = words.split(" preemption: ").next().unwrap_or_default();
        let said = if short.is_empty() {
            "no scheduler has looked at it"
        } else {
            short
        };
        let message = format!("finds no node{lasting}: {said}: {}", group.named());
        let claims = references::claims(&pod.spec, &pod.metadata.namespace);
        let finding = group.workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&pod.reference()));
        for node in view
            .all::<Node>()
            .iter()
            .filter(|node| keeps_away(node, words))
        {
            finding.blame(node.reference());
        }
        finding.suspect(claims.clone());
        for claim in claims
            .into_iter()
            .filter(|claim| is_absent(view, claim, words))
        {
            let message = format!(
                "claim {} does not exist: {} cannot start without it",
                claim.name, group.workload.object
            );
            found.missing(Level::Error, claim, message);
        }
    }
}

/// Whether the scheduler passed over a node for a reason of the node's own: it is unwell or cordoned.
fn keeps_away(node: &Node, words: &str) -> bool {
    let is_named = |key: &str| key.starts_with("node.kubernetes.io/") && words.contains(key);
    let cordoned = node.spec.unschedulable && words.contains("unschedulable");
    cordoned || node.spec.taints.iter().any(|taint| is_named(&taint.key))
}

fn is_absent(view: &View<'_>, claim: &ObjectRef, words: &str) -> bool {
    let (namespace, name) = (claim.namespace(), &claim.name);
    let read = view.get::<PersistentVolumeClaim>(namespace, name);
    let is_said = words.contains(&format!("persistentvolumeclaim \"{name}\" not found"));
    read.is_none() && (is_said || view.knows::<PersistentVolumeClaim>())
}
