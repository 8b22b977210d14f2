//! workloads/not-ready: A pod runs, but is not ready.
//!
//! Its containers run and their readiness probe fails (or a startup probe, or a readiness gate), so
//! no Service sends it anything. Mostly it waits for something that it needs: a database, another
//! service, DNS.
//!
//! The message quotes the probe. What the program itself says is in its logs:
//! `kubectl -n NAMESPACE logs POD -c CONTAINER`.

use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::dependants_and;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::pods::{dependencies, family, readiness, rollout};
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span::lasting;

pub(super) const NEEDS: &[Need] =
    dependants_and![live(Kind::Event).hint(), live(Kind::Node).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| {
        matches!(Trouble::of(pod, view.now())?, Trouble::Unready).then_some(())
    });
    for group in groups {
        let (pod, workload) = (group.pod, &group.workload);
        if rollout::progresses(view, &workload.object) {
            continue;
        }
        let ready = condition(&pod.status.conditions, "Ready");
        let since = ready.map(|ready| ready.last_transition_time);
        let lasting = lasting(since.unwrap_or_default(), view.now());
        let silent = readiness::silent_nodes(view, group.members().map(|(pod, _)| pod));
        let why = match silent.first() {
            Some(node) => format!("node {} does not answer", node.name),
            None => readiness::lack(view, pod),
        };
        let message = format!("not ready{lasting}: {why}: {}", group.named());
        let finding = workload.about(found, Level::Error, message);
        finding
            .symptom()
            .suspect(dependencies::of(view, workload, &pod.spec))
            .suspect(family::together(view, workload))
            .remedy(remedy::describe(&pod.reference()));
        finding.blames.extend(silent);
    }
}
