//! Keycloak: who a person is, for all other services.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["keycloak.org"],
    names: &["keycloak", "keycloak-operator"],
    ..Component::NONE
};
