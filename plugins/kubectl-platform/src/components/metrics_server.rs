//! metrics-server: what nodes and pods use.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["metrics.k8s.io"],
    names: &["metrics-server"],
    ..Component::NONE
};
