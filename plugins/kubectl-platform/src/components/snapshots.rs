//! Snapshots of volumes.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["snapshot.storage.k8s.io"],
    names: &[
        "snapshot-controller",
        "csi-snapshotter",
        "snapshot-validation",
    ],
    ..Component::NONE
};
