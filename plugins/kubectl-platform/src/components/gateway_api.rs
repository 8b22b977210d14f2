//! Gateway API: routes and listeners, whoever implements them.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["gateway.networking.k8s.io"],
    names: &["gateway-api"],
    ..Component::NONE
};
