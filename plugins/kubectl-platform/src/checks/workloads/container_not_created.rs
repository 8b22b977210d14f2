//! workloads/container-not-created: A container or the sandbox of a pod cannot be created.
//!
//! The pod has a node and its image, but the container runtime or the network plugin refuses: the
//! image would run as root where that is forbidden, the command is not in the image, the network
//! plugin gives no address. kubelet tries again and again.
//!
//! The message quotes the runtime. A network plugin that fails on one node mostly fails for all pods
//! there: look at its own pods first.

use shared::facts::kinds::pod::Pod;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::network;
use crate::checks::evidence::pods::hold::Hold;
use crate::checks::evidence::pods::trouble::Trouble;
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::pods::{pull, references, rollout};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::{message, remedy};

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Event).hint(),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| refusal(view, pod));
    let mut siblings = Siblings::default();
    let by_network = groups.iter().filter(|group| group.cause.1);
    for group in by_network.filter(|group| group.cause.0 != UNTOLD) {
        siblings.add(group.workload.object.clone(), "", &group.cause.0);
    }
    for group in groups {
        let (pod, (what, is_network)) = (group.pod, &group.cause);
        // A large image may take the time that its Deployment has.
        let may_wait = what == UNTOLD && rollout::progresses(view, &group.workload.object);
        let level = Level::info_while(may_wait);
        let told = format!("{what}: {}", group.named());
        let finding = group.workload.about(found, level, told);
        finding.remedy(remedy::describe(&pod.reference()));
        finding.suspect(message::absentees(&pod.reference(), what));
        if *is_network {
            finding.suspect(network::plugins(view, what));
            finding.suspect(siblings.of(&group.workload.object));
        }
        finding.suspect(references::claims(&pod.spec, &pod.metadata.namespace));
        finding.suspect(references::node(&pod.spec));
    }
}

/// Nobody says what it waits for.
const UNTOLD: &str = "its containers are not created, and no event tells why";

/// What is refused, and whether it is the network's doing.
fn refusal(view: &View<'_>, pod: &Pod) -> Option<(String, bool)> {
    match (Hold::of(view, pod), Trouble::of(pod, view.now())?) {
        (Some(Hold::Config(_) | Hold::Volume(_)), _) => None,
        (Some(Hold::Sandbox(words)), _) => Some((format!("has no sandbox: {words}"), true)),
        (Some(Hold::Unknown), _) => Some((UNTOLD.to_owned(), true)),
        (None, Trouble::Waiting(part, reason, words)) if !pull::REASONS.contains(&reason) => {
            Some((format!("{part} is not created ({reason}): {words}"), false))
        }
        _ => None,
    }
}
