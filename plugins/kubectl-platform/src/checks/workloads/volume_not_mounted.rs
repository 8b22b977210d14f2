//! workloads/volume-not-mounted: A volume cannot be attached or mounted.
//!
//! The pod has a node, but one of its volumes does not come to it: it is still attached elsewhere
//! (`Multi-Attach error`), the storage driver does not run on the node, or the storage behind it does
//! not answer. The containers are not created until it does.
//!
//! The message quotes kubelet or the attach controller. A volume held by a node that is gone is freed
//! when that node is deleted, or tainted `node.kubernetes.io/out-of-service`.

use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::pods::hold::{self, Hold};
use crate::checks::evidence::pods::workload::ailing;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::volumes;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Event).hint(),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let groups = ailing(view, |pod| match Hold::of(view, pod)? {
        Hold::Volume(words) => Some(words),
        _ => None,
    });
    let mut siblings = Siblings::default();
    for group in &groups {
        if let Some(driver) = volumes::unanswered(view, group.pod, group.cause) {
            siblings.add(group.workload.object.clone(), driver, "does not answer");
        }
    }
    for group in groups {
        let (object, words) = (group.pod.reference(), group.cause);
        let message = format!("waits for a volume: {words}: {}", group.named());
        let finding = group.workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&object));
        let absent = hold::absentees(view, &object, words);
        for object in &absent {
            finding.blame(object.clone());
        }
        finding.suspect(volumes::behind(view, group.pod, words));
        finding.suspect(siblings.of(&group.workload.object));
        for object in absent {
            let told = format!(
                "{} {} does not exist, and {} mounts it",
                object.kind, object.name, group.workload.object
            );
            found.missing(Level::Error, object, told);
        }
    }
}
