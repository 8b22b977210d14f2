//! External Secrets: Secrets from a store outside the cluster.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["external-secrets.io"],
    names: &["external-secrets"],
    ..Component::NONE
};
