//! Traefik: routes what comes in, HTTP and TCP.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["traefik.io", "traefik.containo.us"],
    names: &["traefik"],
    ..Component::NONE
};
