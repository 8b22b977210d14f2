//! Claims, volumes and classes.

use super::super::table::Form::{List, Message, Text};
use super::super::table::{Field, field, optional};
use super::meta::{META, PROBED_CONDITION};

pub(super) const CLAIM_SPEC: &[Field] = &[
    field(1, "accessModes", List(&Text)),
    field(3, "volumeName", Text),
    optional(5, "storageClassName", Text),
];

pub(super) const CLAIM_STATUS: &[Field] = &[
    field(1, "phase", Text),
    field(4, "conditions", List(&Message(PROBED_CONDITION))),
];

pub(super) const PERSISTENT_VOLUME_CLAIM: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(CLAIM_SPEC)),
    field(3, "status", Message(CLAIM_STATUS)),
];

pub(super) const CLAIM_REF: &[Field] = &[field(2, "namespace", Text), field(3, "name", Text)];

pub(super) const VOLUME_SPEC: &[Field] = &[
    field(4, "claimRef", Message(CLAIM_REF)),
    field(6, "storageClassName", Text),
];

pub(super) const VOLUME_STATUS: &[Field] = &[
    field(1, "phase", Text),
    field(2, "message", Text),
    field(3, "reason", Text),
];

pub(super) const PERSISTENT_VOLUME: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(VOLUME_SPEC)),
    field(3, "status", Message(VOLUME_STATUS)),
];

pub(super) const STORAGE_CLASS: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "provisioner", Text),
    field(7, "volumeBindingMode", Text),
];

pub(super) const CSI_DRIVER: &[Field] = &[field(1, "metadata", Message(META))];
