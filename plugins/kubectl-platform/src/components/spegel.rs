//! Spegel: nodes that hand images to each other.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    names: &["spegel"],
    ..Component::NONE
};
