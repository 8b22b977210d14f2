//! Nodes, namespaces, and what else the core group holds.

use super::super::table::Form::{Flag, List, Map, Message, Number, Opaque, Quantity, Text, Time};
use super::super::table::{Field, field};
use super::meta::{META, NAMED, OBJECT_REFERENCE, PROBED_CONDITION};

pub(super) const TAINT: &[Field] = &[
    field(1, "key", Text),
    field(2, "value", Text),
    field(3, "effect", Text),
];

pub(super) const NODE_SPEC: &[Field] = &[
    field(3, "providerID", Text),
    field(4, "unschedulable", Flag),
    field(5, "taints", List(&Message(TAINT))),
];

pub(super) const NODE_ADDRESS: &[Field] = &[field(1, "type", Text), field(2, "address", Text)];

pub(super) const NODE_INFO: &[Field] = &[
    field(5, "osImage", Text),
    field(7, "kubeletVersion", Text),
    field(10, "architecture", Text),
];

pub(super) const NODE_STATUS: &[Field] = &[
    field(2, "allocatable", Map(&Quantity)),
    field(4, "conditions", List(&Message(PROBED_CONDITION))),
    field(5, "addresses", List(&Message(NODE_ADDRESS))),
    field(7, "nodeInfo", Message(NODE_INFO)),
];

pub(super) const NODE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(NODE_SPEC)),
    field(3, "status", Message(NODE_STATUS)),
];

pub(super) const NAMESPACE_STATUS: &[Field] = &[
    field(1, "phase", Text),
    field(2, "conditions", List(&Message(PROBED_CONDITION))),
];

pub(super) const NAMESPACE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(3, "status", Message(NAMESPACE_STATUS)),
];

pub(super) const CONFIG_MAP: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "data", Map(&Text)),
    field(3, "binaryData", Map(&Opaque)),
];

pub(super) const SERVICE_ACCOUNT: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(3, "imagePullSecrets", List(&Message(NAMED))),
];

pub(super) const QUOTA_STATUS: &[Field] = &[
    field(1, "hard", Map(&Quantity)),
    field(2, "used", Map(&Quantity)),
];

pub(super) const RESOURCE_QUOTA: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(3, "status", Message(QUOTA_STATUS)),
];

pub(super) const EVENT: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "involvedObject", Message(OBJECT_REFERENCE)),
    field(3, "reason", Text),
    field(4, "message", Text),
    field(6, "firstTimestamp", Time),
    field(7, "lastTimestamp", Time),
    field(8, "count", Number),
    field(9, "type", Text),
    field(10, "eventTime", Time),
];
