//! workloads/container-not-created: A container or the sandbox of a pod cannot be created.
//!
//! The pod has a node and its image, but the container runtime or the network plugin refuses: the
//! image would run as root where that is forbidden, the command is not in the image, the network
//! plugin gives no address. kubelet tries again and again.
//!
//! The message quotes the runtime. A network plugin that fails on one node mostly fails for all pods
//! there: look at its own pods first.

use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::network;
use crate::checks::evidence::pods::uncreated::{self, By};
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::pods::{references, rollout};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::volumes;
use crate::checks::evidence::words::{message, remedy};

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Event).hint(),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| uncreated::of(view, pod));
    let mut siblings = Siblings::default();
    for group in groups.iter().filter(|group| group.cause.by == By::Network) {
        siblings.add(group.workload.object.clone(), "", &group.cause.words);
    }
    for group in groups {
        let (pod, what) = (group.pod, &group.cause.words);
        let by = group.cause.by;
        // A large image may take the time that its Deployment has.
        let may_wait = by == By::Anything && rollout::progresses(view, &group.workload.object);
        let level = Level::info_while(may_wait);
        let told = format!("{what}: {}", group.named());
        let finding = group.workload.about(found, level, told);
        finding.remedy(remedy::describe(&pod.reference()));
        finding.suspect(message::absentees(&pod.reference(), what));
        if by != By::Runtime {
            finding.suspect(network::plugins(view, what));
            finding.suspect(siblings.of(&group.workload.object));
        }
        if by == By::Anything {
            finding.suspect(volumes::behind(view, pod, ""));
        }
        finding.suspect(references::claims(&pod.spec, &pod.metadata.namespace));
        finding.suspect(references::node(&pod.spec));
    }
}
