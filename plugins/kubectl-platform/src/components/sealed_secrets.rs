//! Sealed Secrets: Secrets that only the cluster can open.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["bitnami.com"],
    names: &["sealed-secrets"],
    ..Component::NONE
};
