//! Kinds that are as they should be although nobody ever writes a status on them.

use super::words::split;
use crate::facts::kinds::custom::Custom;
use crate::object::is_built_in;

/// Groups whose controllers, or proxies, only read objects; of `cilium.io` each agent does.
const GROUPS: &[&str] = &[
    "cilium.io",
    "crd.projectcalico.org",
    "generators.external-secrets.io",
    "k3s.cattle.io",
    "kustomize.config.k8s.io",
    "metallb.io",
    "metrics.k8s.io",
    "traefik.containo.us",
    "traefik.io",
];

/// Last words of kinds that are read by others and have no life of their own: `ServiceMonitor`,
/// `VolumeSnapshotClass`, `ProviderConfig`.
const WORDS: &[&str] = &[
    "advertisement",
    "authentication",
    "catalog",
    "class",
    "config",
    "grant",
    "monitor",
    "probe",
    "profile",
    "rule",
    "template",
    "transport",
];

/// Whether objects of the kind need no status.
pub(super) fn is_silent(custom: &Custom) -> bool {
    let group = custom.group();
    // What Kubernetes' own kinds have of a status is judged before.
    is_built_in(group)
        || !group.contains('.')
        || GROUPS.contains(&group)
        || (group == "argoproj.io" && custom.kind == "AppProject")
        || split(&custom.kind)
            .last()
            .is_some_and(|last| WORDS.contains(&last.as_str()))
}
