//! Kinds that only keep records of other objects. They are not read.

/// Groups that keep records of other objects, one each or more: nothing that a platform is made
/// of, and sometimes more than all else together.
const GROUPS: &[&str] = &[
    "aquasecurity.github.io",
    "crd.projectcalico.org",
    "metrics.k8s.io",
    "openreports.io",
    "reports.kyverno.io",
    "spdx.softwarecomposition.kubescape.io",
    "wgpolicyk8s.io",
];

/// Kinds that do the same in groups of another use.
const KINDS: &[&str] = &[
    "ciliumendpoints",
    "ciliumendpointslices",
    "ciliumidentities",
];

/// Whether a group has no other kinds.
pub fn is_group(group: &str) -> bool {
    GROUPS.contains(&group)
}

/// Whether a kind is one, by its group and plural.
pub fn is_kind(group: &str, plural: &str) -> bool {
    is_group(group) || KINDS.contains(&plural)
}
