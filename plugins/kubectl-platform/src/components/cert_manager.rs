//! cert-manager: certificates, from request to renewal.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["cert-manager.io"],
    names: &["cert-manager", "cainjector"],
    ..Component::NONE
};
