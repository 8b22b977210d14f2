//! Velero: backups of the cluster.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["velero.io"],
    names: &["velero"],
    labels: &["velero.io/"],
    ..Component::NONE
};
