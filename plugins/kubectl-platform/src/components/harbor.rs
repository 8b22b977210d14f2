//! Harbor: a registry of images.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["goharbor.io"],
    names: &["harbor"],
    ..Component::NONE
};
