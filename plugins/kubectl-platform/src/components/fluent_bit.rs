//! Fluent Bit: carries logs away.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["fluentbit.fluent.io"],
    names: &["fluent-bit"],
    ..Component::NONE
};
