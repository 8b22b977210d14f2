//! VolSync: copies of volumes elsewhere.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["volsync.backube"],
    names: &["volsync"],
    labels: &["volsync.backube/"],
    ..Component::NONE
};
