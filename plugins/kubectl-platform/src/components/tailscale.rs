//! Tailscale: Services on a private network.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["tailscale.com"],
    names: &["tailscale", "tailscale-operator"],
    labels: &["tailscale.com/"],
    ..Component::NONE
};
