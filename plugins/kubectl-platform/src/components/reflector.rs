//! Reflector: copies Secrets and ConfigMaps to other namespaces.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["reflector"],
    ..Component::NONE
};
