//! Dragonfly: a store that speaks Redis' protocol.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["dragonflydb.io"],
    names: &["dragonfly", "dragonfly-operator"],
    ..Component::NONE
};
