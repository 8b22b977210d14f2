//! What is behind a pod's volumes: claims, the nodes of others that hold them, and drivers.
//!
//! A check that uses this hints at `PersistentVolumeClaim`, `Custom` and the kinds of workloads.

pub(in crate::checks) mod claim;
pub(in crate::checks) mod driver;

use shared::facts::View;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::object::ObjectRef;

use super::pods::references;

/// What may keep a pod's volumes from being mounted, kubelet's words included.
pub(in crate::checks) fn behind(view: &View<'_>, pod: &Pod, words: &str) -> Vec<ObjectRef> {
    let namespace = pod.metadata.namespace.as_str();
    let claims = references::claims(&pod.spec, namespace);
    let drivers = drivers(view, namespace, &claims);
    let drivers = drivers.chain(driver::unregistered(words));
    let storage: Vec<_> = drivers
        .flat_map(|driver| driver::storage(view, driver))
        .collect();
    let holders = holders(view, pod, &claims);
    let mut all = claims;
    all.extend(holders);
    all.extend(references::node(&pod.spec));
    all.extend(storage);
    all
}

/// The driver that does not answer kubelet for a pod's volume, as its words tell: it fails so for all.
pub(in crate::checks) fn unanswered<'a>(
    view: &View<'a>,
    pod: &Pod,
    words: &str,
) -> Option<&'a str> {
    const WORDS: [&str; 5] = [
        "an operation with the given Volume ID",
        "DeadlineExceeded",
        "context deadline exceeded",
        "code = Unavailable",
        "connection refused",
    ];
    let namespace = pod.metadata.namespace.as_str();
    let claims = references::claims(&pod.spec, namespace);
    let driver = drivers(view, namespace, &claims).next();
    driver.filter(|_| WORDS.iter().any(|one| words.contains(one)))
}

/// The drivers of claims, where both are known.
fn drivers<'a>(
    view: &View<'a>,
    namespace: &str,
    claims: &[ObjectRef],
) -> impl Iterator<Item = &'a str> {
    let known = claims
        .iter()
        .filter_map(move |claim| view.get::<PersistentVolumeClaim>(namespace, &claim.name));
    known.filter_map(driver::of_claim)
}

/// The claim of a pod that only one node can have at a time, and that a pod of another node has.
pub(in crate::checks) fn held(view: &View<'_>, pod: &Pod) -> Option<String> {
    let namespace = pod.metadata.namespace.as_str();
    let claims = references::claims(&pod.spec, namespace).into_iter();
    let single = claims.filter(|claim| {
        let claim = view.get::<PersistentVolumeClaim>(namespace, &claim.name);
        claim.is_some_and(|claim| {
            let mut modes = claim.spec.access_modes.iter();
            modes.all(|mode| mode.starts_with("ReadWriteOnce"))
        })
    });
    let has = |other: &Pod, claim: &ObjectRef| {
        let is_done = matches!(other.status.phase.as_str(), "Succeeded" | "Failed");
        let is_elsewhere =
            ![pod.spec.node_name.as_str(), ""].contains(&other.spec.node_name.as_str());
        other.metadata.namespace == namespace
            && is_elsewhere
            && !is_done
            && references::claims(&other.spec, namespace).contains(claim)
    };
    single.into_iter().find_map(|claim| {
        let other = view.all::<Pod>().iter().find(|other| has(other, &claim))?;
        let (pod, node) = (&other.metadata.name, &other.spec.node_name);
        let name = &claim.name;
        Some(format!(
            "claim {name} is still with pod {pod} on node {node}"
        ))
    })
}

/// The nodes of other pods that have the same claims.
fn holders(view: &View<'_>, pod: &Pod, own: &[ObjectRef]) -> Vec<ObjectRef> {
    let others = view.all::<Pod>().iter().filter(|other| {
        let claims = references::claims(&other.spec, &other.metadata.namespace);
        other.metadata.name != pod.metadata.name && claims.iter().any(|claim| own.contains(claim))
    });
    others
        .filter_map(|other| references::node(&other.spec))
        .collect()
}
