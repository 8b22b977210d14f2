//! What k3s itself brings: its Helm controller, its load balancer, its volumes.

use super::{Component, VersionOf};

pub(super) static COMPONENT: Component = Component {
    groups: &["cattle.io"],
    names: &[
        "local-path-provisioner",
        "svclb",
        "klipper-lb",
        "helm-install",
    ],
    labels: &["svccontroller.k3s.cattle.io/"],
    version: VersionOf::Nodes,
};
