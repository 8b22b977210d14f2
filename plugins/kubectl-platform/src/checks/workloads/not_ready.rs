//! workloads/not-ready: A pod runs, but is not ready.
//!
//! Its containers run and their readiness probe fails (or a startup probe, or a readiness gate), so
//! no Service sends it anything. Mostly it waits for something that it needs: a database, another
//! service, DNS.
//!
//! The message quotes the probe. What the program itself says is in its logs:
//! `kubectl -n NAMESPACE logs POD -c CONTAINER`.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::dependencies;
use crate::checks::evidence::needs::dependants_and;
use crate::checks::evidence::span::lasting;
use crate::checks::evidence::trouble::{Trouble, parts};
use crate::checks::evidence::workload::by_workload;
use crate::checks::evidence::{events, family, references, remedy, rollout};

pub(super) const NEEDS: &[Need] =
    dependants_and![live(Kind::Event).hint(), live(Kind::Node).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let is_unready = |pod: &&Pod| matches!(Trouble::of(pod, view.now()), Some(Trouble::Unready));
    let pods = view
        .unsettled_pods()
        .filter(is_unready)
        .map(|pod| (pod, ()));
    for group in by_workload(view, pods) {
        let Some((pod, ())) = group.pods.first() else {
            continue;
        };
        if rollout::progresses(view, &group.workload.object) {
            continue;
        }
        let node = view.get::<Node>("", &pod.spec.node_name);
        let ready = condition(&pod.status.conditions, "Ready");
        let lasting = lasting(
            ready.map(|c| c.last_transition_time).unwrap_or_default(),
            view.now(),
        );
        let message = if node.is_some_and(|node| !answers(node)) {
            format!(
                "not ready{lasting}: node {} does not answer: {}",
                pod.spec.node_name,
                group.named()
            )
        } else {
            format!(
                "not ready{lasting}: {}: {}",
                reason(view, pod),
                group.named()
            )
        };
        let suspects = dependencies::of(view, &group.workload, &pod.spec);
        let finding = group.workload.about(found, Level::Error, message);
        finding
            .suspect(suspects)
            .suspect(family::together(view, &group.workload));
        finding.remedy(remedy::describe(&pod.reference()));
        if node.is_some_and(|node| !answers(node)) {
            finding.blames.extend(references::node(&pod.spec));
        }
    }
}

fn answers(node: &Node) -> bool {
    condition(&node.status.conditions, "Ready").is_none_or(|ready| ready.status != "Unknown")
}

/// Why a pod is not ready: what its probe says, or the condition that it waits for.
fn reason(view: &View<'_>, pod: &Pod) -> String {
    let object = pod.reference();
    let probe = ["Readiness", "Startup", "Liveness"]
        .into_iter()
        .find_map(|kind| events::probe(view, &object, kind));
    if let Some(probe) = probe {
        return probe.to_owned();
    }
    let gates = pod
        .spec
        .readiness_gates
        .iter()
        .map(|gate| gate.condition_type.as_str());
    let mut closed =
        gates.filter(|gate| !condition(&pod.status.conditions, gate).is_some_and(|c| c.is_true()));
    if let Some(gate) = closed.next() {
        return format!("its readiness gate {gate} is not open");
    }
    let unready = parts(pod).filter(|part| !part.is_init && !part.status.ready);
    let names: Vec<&str> = unready.map(|part| part.status.name.as_str()).collect();
    format!("{} runs and does not become ready", names.join(", "))
}
