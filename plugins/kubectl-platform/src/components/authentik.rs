//! Authentik: who a person is, for all other services.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["authentik"],
    ..Component::NONE
};
