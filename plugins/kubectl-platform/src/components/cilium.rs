//! Cilium: the network of pods, load balancer addresses, and the mesh between clusters.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["cilium.io"],
    names: &["cilium", "hubble", "clustermesh-apiserver"],
    labels: &["io.cilium/"],
    ..Component::NONE
};
