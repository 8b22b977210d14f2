//! Longhorn: replicated volumes.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["longhorn.io"],
    names: &["longhorn"],
    labels: &["longhorn.io/"],
    ..Component::NONE
};
