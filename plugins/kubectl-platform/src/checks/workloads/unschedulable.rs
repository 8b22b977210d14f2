//! workloads/unschedulable: No node takes a pod.
//!
//! The scheduler finds no node for the pod: too little CPU or memory, taints that it does not
//! tolerate, a selector or affinity that no node meets, a volume that is elsewhere or not bound, a
//! port that is taken. The message quotes its words, one count of nodes for each reason. Where it is a taint
//! of nodes that keeps several workloads away, that is said of the first of these nodes.
//!
//! Lower what the pod asks for, mend or add a node, or correct selector, tolerations and affinity in
//! Git. A taint that was set on purpose keeps a node for those that tolerate it; one that nobody needs goes by
//! `kubectl taint nodes NODE KEY-`.

use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::pods::{references, scheduling};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Node).hint(),
    live(Kind::PersistentVolumeClaim).hint()
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| match Trouble::of(pod, view.now())? {
        // Less than nothing is the priority of pods that only hold a place until others need it.
        Trouble::Unscheduled(words) if pod.spec.priority.unwrap_or(0) >= 0 => Some(words),
        _ => None,
    });
    let mut siblings = Siblings::default();
    for group in &groups {
        if let Some(reasons) = scheduling::of_nodes(view, &group.pod.spec, group.cause) {
            siblings.add(group.workload.object.clone(), &reasons, "");
        }
    }
    for group in groups {
        let (pod, words) = (group.pod, group.cause);
        let lasting = lasting(pod.metadata.creation_timestamp, view.now());
        let said = scheduling::said(view, &pod.spec, words);
        let message = format!("finds no node{lasting}: {said}: {}", group.named());
        let claims = references::claims(&pod.spec, &pod.metadata.namespace);
        let mut nodes: Vec<_> = scheduling::passed_over(view, words).collect();
        nodes.extend(scheduling::report_gone(view, found, &claims, words));
        let alike = siblings.of(&group.workload.object);
        if nodes.is_empty() && !alike.is_empty() {
            nodes.extend(scheduling::report_taints(view, found, words));
        }
        let finding = group.workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&pod.reference()));
        for node in nodes {
            finding.blame(node);
        }
        finding.suspect(alike);
        finding.suspect(scheduling::behind_taints(view, words));
        finding.suspect(claims.clone());
        let lacking = claims.into_iter();
        for claim in lacking.filter(|claim| scheduling::lacks(view, claim, words)) {
            let (name, by) = (&claim.name, &group.workload.object);
            let told = format!("claim {name} does not exist: {by} cannot start without it");
            found.missing(Level::Error, claim, told);
        }
    }
}
