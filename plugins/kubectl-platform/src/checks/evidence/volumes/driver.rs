//! What runs for a storage driver, found by the words that names share.

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate, StatefulSet};
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// Words that the names of all drivers may have.
const COMMON: [&str; 13] = [
    "csi",
    "com",
    "io",
    "net",
    "org",
    "dev",
    "cloud",
    "k8s",
    "kubernetes",
    "sigs",
    "driver",
    "storage",
    "system",
];

/// The provisioners and node plugins of a driver, such as `ebs.csi.aws.com` or
/// `rancher.io/local-path`: those that share a word with it.
pub(in crate::checks) fn workloads(view: &View<'_>, driver: &str) -> Vec<ObjectRef> {
    let own = own_words(driver);
    let mut all = Vec::new();
    for (object, template) in templates(view) {
        let containers = template.spec.containers.iter();
        let mut names: Vec<&str> = containers
            .map(|container| container.name.as_str())
            .collect();
        names.extend([object.name.as_str(), object.namespace()]);
        let is_driver = names
            .iter()
            .any(|name| name.contains("csi") || name.contains("provisioner"));
        if is_driver && names.iter().any(|name| shares(name, &own)) {
            all.push(object);
        }
    }
    all
}

/// The storage behind a driver: its workloads, and all that runs in a namespace that is named after
/// it, such as Ceph's in `rook-ceph`.
///
/// A check that uses this hints at `Custom`.
pub(in crate::checks) fn storage(view: &View<'_>, driver: &str) -> Vec<ObjectRef> {
    let own = own_words(driver);
    let mut all = workloads(view, driver);
    let beside = templates(view).into_iter().map(|(object, _)| object);
    let customs = view.all::<Custom>().iter().map(Fact::reference);
    for object in beside
        .chain(customs)
        .filter(|object| shares(object.namespace(), &own))
    {
        if !all.contains(&object) {
            all.push(object);
        }
    }
    all
}

/// The driver that made a claim's volume, or is to.
pub(in crate::checks) fn of_claim(claim: &PersistentVolumeClaim) -> Option<&str> {
    ["volume.kubernetes.io", "volume.beta.kubernetes.io"]
        .into_iter()
        .map(|prefix| {
            claim
                .metadata
                .annotation(&format!("{prefix}/storage-provisioner"))
        })
        .find(|driver| !driver.is_empty())
}

fn own_words(driver: &str) -> Vec<&str> {
    words(driver)
        .filter(|word| word.len() > 1 && !COMMON.contains(word))
        .collect()
}

fn shares(name: &str, own: &[&str]) -> bool {
    words(name).any(|word| own.contains(&word))
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn templates<'a>(view: &View<'a>) -> Vec<(ObjectRef, &'a PodTemplate)> {
    let deployments = view
        .all::<Deployment>()
        .iter()
        .map(|it| (it.reference(), &it.spec.template));
    let daemons = view
        .all::<DaemonSet>()
        .iter()
        .map(|it| (it.reference(), &it.spec.template));
    let stateful = view
        .all::<StatefulSet>()
        .iter()
        .map(|it| (it.reference(), &it.spec.template));
    deployments.chain(daemons).chain(stateful).collect()
}

/// The driver in `driver name rook-ceph.rbd.csi.ceph.com not found in the list of registered CSI drivers`.
pub(in crate::checks) fn unregistered(words: &str) -> Option<&str> {
    let (before, _) = words.split_once(" not found in the list of registered CSI drivers")?;
    before.rsplit(' ').next()
}
