//! Kubernetes itself: nodes, namespaces, definitions, and what runs the control plane.

use super::{Component, VersionOf};

pub(super) static COMPONENT: Component = Component {
    names: &[
        "kube-apiserver",
        "kube-controller-manager",
        "kube-scheduler",
        "kube-proxy",
        "etcd",
    ],
    version: VersionOf::Nodes,
    ..Component::NONE
};
