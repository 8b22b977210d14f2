//! workloads/evicted-again: Pods of a workload are evicted one after the other.
//!
//! Each of them wrote more to its node's disk than it may: to its logs, its own file system or an
//! `emptyDir`. The node throws it out, the next one does the same, and what they wrote is lost.
//!
//! Find out what they write, or raise `resources.limits.ephemeral-storage` or the volume's `sizeLimit`.

use jiff::SignedDuration;
use shared::facts::kinds::pod::Pod;
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::pods::workload::by_workload;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Pod),
    live(Kind::ReplicaSet).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::DaemonSet).hint(),
    live(Kind::Job).hint(),
    live(Kind::CronJob).hint(),
];

/// Two may be chance.
const MANY: usize = 3;

/// What was long ago does not go on.
const LATELY: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let lately = view.all::<Pod>().iter().filter(|pod| {
        let age = pod.metadata.creation_timestamp.age(view.now());
        age.is_some_and(|age| age < LATELY) && wrote_too_much(pod)
    });
    let made = lately.filter(|pod| pod.metadata.controller().is_some());
    let pods = made.map(|pod| (pod, pod.metadata.creation_timestamp));
    for group in by_workload(view, pods) {
        let many = group.count();
        if many >= MANY {
            let (last, _) = group.worst(|created| *created);
            let said = last.status.message.trim();
            let text = format!("{many} pods were evicted within an hour: {said}");
            let finding = group.workload.about(found, Level::Error, text);
            finding.remedy(remedy::describe(&group.workload.object));
        }
    }
}

/// Whether its node evicted it for what it wrote itself, not because the node was short of room.
fn wrote_too_much(pod: &Pod) -> bool {
    let said = &pod.status.message;
    pod.status.reason == "Evicted"
        && ["exceeds the", "exceeded its"]
            .iter()
            .any(|words| said.contains(words))
}
