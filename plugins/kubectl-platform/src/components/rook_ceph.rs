//! Rook: Ceph's blocks, files and objects.

use super::Component;

pub(super) static COMPONENT: Component = Component {
    groups: &["rook.io", "objectbucket.io"],
    names: &[
        "rook-ceph",
        "rook",
        "csi-rbdplugin",
        "csi-cephfsplugin",
        "ceph-csi",
        "ceph-csi-operator",
    ],
    labels: &["ceph_daemon_id", "rook.io/"],
    ..Component::NONE
};
