//! OpenEBS: volumes on the nodes' own disks.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["openebs.io"],
    names: &["openebs"],
    ..Component::NONE
};
