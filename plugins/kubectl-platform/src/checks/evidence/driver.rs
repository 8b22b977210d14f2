//! The workloads of a storage driver, found by the words that their names share.

use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate, StatefulSet};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// Words that drivers of all makers have in their names.
const COMMON: &[&str] = &[
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
];

/// What runs for a driver or provisioner, such as `ebs.csi.aws.com` or `rancher.io/local-path`:
/// provisioners and node plugins that share a word with it.
pub(in crate::checks) fn workloads(view: &View<'_>, driver: &str) -> Vec<ObjectRef> {
    let words: Vec<&str> = words(driver)
        .filter(|word| word.len() > 1 && !COMMON.contains(word))
        .collect();
    let is_its = |object: &ObjectRef, template: &PodTemplate| {
        let containers = template
            .spec
            .containers
            .iter()
            .map(|container| container.name.as_str());
        let names: Vec<&str> = containers
            .chain([object.name.as_str(), object.namespace()])
            .collect();
        let is_driver = names
            .iter()
            .any(|name| name.contains("csi") || name.contains("provisioner"));
        is_driver
            && words.iter().any(|word| {
                names
                    .iter()
                    .any(|name| self::words(name).any(|own| own == *word))
            })
    };
    let mut all = Vec::new();
    for deployment in view.all::<Deployment>() {
        all.extend(
            Some(deployment.reference()).filter(|object| is_its(object, &deployment.spec.template)),
        );
    }
    for set in view.all::<DaemonSet>() {
        all.extend(Some(set.reference()).filter(|object| is_its(object, &set.spec.template)));
    }
    for set in view.all::<StatefulSet>() {
        all.extend(Some(set.reference()).filter(|object| is_its(object, &set.spec.template)));
    }
    all
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}
