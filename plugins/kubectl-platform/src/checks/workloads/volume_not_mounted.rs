//! workloads/volume-not-mounted: A volume cannot be attached or mounted.
//!
//! The pod has a node, but one of its volumes does not come to it: it is still attached elsewhere
//! (`Multi-Attach error`), the storage driver does not run on the node, or the storage behind it does
//! not answer. The containers are not created until it does.
//!
//! The message quotes kubelet or the attach controller. A volume held by a node that is gone is freed
//! when that node is deleted, or tainted `node.kubernetes.io/out-of-service`.

use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::object::ObjectRef;

use crate::checks::evidence::hold::Hold;
use crate::checks::evidence::needs::pods_and;
use crate::checks::evidence::workload::by_workload;
use crate::checks::evidence::{driver, message, references, remedy};

pub(super) const NEEDS: &[Need] = pods_and![
    live(Kind::Event).hint(),
    declared(Kind::Secret).hint(),
    declared(Kind::ConfigMap).hint(),
    live(Kind::PersistentVolumeClaim).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let pods = view
        .unsettled_pods()
        .filter_map(|pod| match Hold::of(view, pod)? {
            Hold::Volume(words) => Some((pod, words)),
            _ => None,
        });
    for group in by_workload(view, pods) {
        let Some((pod, words)) = group.pods.first() else {
            continue;
        };
        let namespace = pod.metadata.namespace.as_str();
        let message = format!("waits for a volume: {words}: {}", group.named());
        let finding = group.workload.about(found, Level::Error, message);
        finding.remedy(remedy::describe(&pod.reference()));
        let gone = absent(view, &pod.reference(), words);
        for object in &gone {
            finding.blame(object.clone());
        }
        finding.suspect(references::claims(&pod.spec, namespace));
        finding.suspect(holders(view, pod));
        finding.suspect(references::node(&pod.spec));
        let claims = references::claims(&pod.spec, namespace);
        let claims = claims
            .iter()
            .filter_map(|claim| view.get::<PersistentVolumeClaim>(namespace, &claim.name));
        for driver in claims
            .filter_map(driver::of_claim)
            .chain(driver::unregistered(words))
        {
            finding.suspect(driver::storage(view, driver));
        }
        for object in gone {
            let told = format!(
                "{} {} does not exist, and {} mounts it",
                object.kind, object.name, group.workload.object
            );
            found.missing(Level::Error, object, told);
        }
    }
}

/// The Secrets and ConfigMaps that kubelet says are not there, and are not.
fn absent(view: &View<'_>, pod: &ObjectRef, words: &str) -> Vec<ObjectRef> {
    let mut named = message::absentees(pod, words);
    named.retain(|object| match &*object.kind {
        "Secret" => is_gone::<Secret>(view, object),
        "ConfigMap" => is_gone::<ConfigMap>(view, object),
        _ => false,
    });
    named
}

fn is_gone<F: Fact>(view: &View<'_>, object: &ObjectRef) -> bool {
    let found = view.get::<F>(object.namespace(), &object.name);
    view.knows::<F>() && found.is_none()
}

/// The nodes of other pods that have the same claims.
fn holders(view: &View<'_>, pod: &Pod) -> Vec<ObjectRef> {
    let namespace = pod.metadata.namespace.as_str();
    let own = references::claims(&pod.spec, namespace);
    let others = view.all::<Pod>().iter().filter(|other| {
        let claims = references::claims(&other.spec, &other.metadata.namespace);
        other.metadata.name != pod.metadata.name && claims.iter().any(|claim| own.contains(claim))
    });
    others
        .filter_map(|other| references::node(&other.spec))
        .collect()
}
