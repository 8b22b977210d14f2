//! MetalLB: addresses for load balancers.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["metallb.io"],
    names: &["metallb"],
    ..Component::NONE
};
