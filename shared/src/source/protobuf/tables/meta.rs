//! What many kinds have: metadata, conditions, references.

use super::super::table::Form::{Flag, List, Map, Message, Number, Text, Time};
use super::super::table::{Field, field};

/// What has a name and nothing else that is read.
pub(super) const NAMED: &[Field] = &[field(1, "name", Text)];

pub(super) const OWNER: &[Field] = &[
    field(1, "kind", Text),
    field(3, "name", Text),
    field(5, "apiVersion", Text),
    field(6, "controller", Flag),
];

pub(super) const META: &[Field] = &[
    field(1, "name", Text),
    field(3, "namespace", Text),
    field(6, "resourceVersion", Text),
    field(7, "generation", Number),
    field(8, "creationTimestamp", Time),
    field(9, "deletionTimestamp", Time),
    field(11, "labels", Map(&Text)),
    field(12, "annotations", Map(&Text)),
    field(13, "ownerReferences", List(&Message(OWNER))),
    field(14, "finalizers", List(&Text)),
];

/// Of pods.
pub(in super::super) const POD_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(4, "lastTransitionTime", Time),
    field(5, "reason", Text),
    field(6, "message", Text),
    field(7, "observedGeneration", Number),
];

/// Of kinds that tell when they looked last: the third field.
pub(super) const PROBED_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(4, "lastTransitionTime", Time),
    field(5, "reason", Text),
    field(6, "message", Text),
];

/// `metav1.Condition`.
pub(super) const STANDARD_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(3, "observedGeneration", Number),
    field(4, "lastTransitionTime", Time),
    field(5, "reason", Text),
    field(6, "message", Text),
];

pub(super) const TARGET_REF: &[Field] = &[
    field(1, "kind", Text),
    field(2, "namespace", Text),
    field(3, "name", Text),
];

pub(super) const OBJECT_REFERENCE: &[Field] = &[
    field(1, "kind", Text),
    field(2, "namespace", Text),
    field(3, "name", Text),
    field(5, "apiVersion", Text),
];

pub(super) const LABEL_SELECTOR: &[Field] = &[field(1, "matchLabels", Map(&Text))];

/// Of Deployments.
pub(super) const DEPLOYMENT_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(4, "reason", Text),
    field(5, "message", Text),
    field(6, "lastUpdateTime", Time),
    field(7, "lastTransitionTime", Time),
];

/// Of other workloads, and of most that has conditions of its own form.
pub(super) const WORKLOAD_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(3, "lastTransitionTime", Time),
    field(4, "reason", Text),
    field(5, "message", Text),
];

/// Of custom resource definitions.
pub(super) const DEFINITION_CONDITION: &[Field] = &[
    field(1, "type", Text),
    field(2, "status", Text),
    field(3, "lastTransitionTime", Time),
    field(4, "reason", Text),
    field(5, "message", Text),
    field(6, "observedGeneration", Number),
];

pub(super) const SERVICE_REFERENCE: &[Field] =
    &[field(1, "namespace", Text), field(2, "name", Text)];
