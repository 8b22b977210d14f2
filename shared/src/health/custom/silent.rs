//! Kinds that are as they should be although nobody ever writes a status on them.

use super::words::split;
use crate::facts::kinds::custom::Custom;

/// Groups whose controllers, or proxies, only read objects; of `cilium.io` each agent does.
const GROUPS: &[&str] = &[
    "cilium.io",
    "crd.projectcalico.org",
    "generators.external-secrets.io",
    "k3s.cattle.io",
    "kustomize.config.k8s.io",
    "metallb.io",
    "traefik.containo.us",
    "traefik.io",
];

/// Kubernetes' own groups, beside those without a dot. What has a status there is judged by it.
const BUILT_IN: &[&str] = &[
    "admissionregistration.k8s.io",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "metrics.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
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
    !group.contains('.')
        || BUILT_IN.contains(&group)
        || GROUPS.contains(&group)
        || (group == "argoproj.io" && custom.kind == "AppProject")
        || split(&custom.kind)
            .last()
            .is_some_and(|last| WORDS.contains(&last.as_str()))
}
