//! Grafana: dashboards.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["integreatly.org"],
    names: &["grafana"],
    ..Component::NONE
};
