//! Workloads, and what scales and guards them.

use super::super::table::Form::{Flag, List, Message, Number, Text, Time};
use super::super::table::{Field, field, optional};
use super::meta::{
    DEPLOYMENT_CONDITION, LABEL_SELECTOR, META, OBJECT_REFERENCE, PROBED_CONDITION,
    STANDARD_CONDITION, WORKLOAD_CONDITION,
};
use super::pod::POD_TEMPLATE;

pub(super) const DEPLOYMENT_SPEC: &[Field] = &[
    optional(1, "replicas", Number),
    field(2, "selector", Message(LABEL_SELECTOR)),
    field(3, "template", Message(POD_TEMPLATE)),
    field(7, "paused", Flag),
    optional(9, "progressDeadlineSeconds", Number),
];

pub(super) const DEPLOYMENT_STATUS: &[Field] = &[
    field(1, "observedGeneration", Number),
    field(2, "replicas", Number),
    field(3, "updatedReplicas", Number),
    field(4, "availableReplicas", Number),
    field(5, "unavailableReplicas", Number),
    field(6, "conditions", List(&Message(DEPLOYMENT_CONDITION))),
    field(7, "readyReplicas", Number),
];

pub(super) const DEPLOYMENT: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(DEPLOYMENT_SPEC)),
    field(3, "status", Message(DEPLOYMENT_STATUS)),
];

pub(super) const REPLICA_SET_SPEC: &[Field] = &[
    optional(1, "replicas", Number),
    field(2, "selector", Message(LABEL_SELECTOR)),
];

pub(super) const REPLICA_SET_STATUS: &[Field] = &[
    field(1, "replicas", Number),
    field(2, "fullyLabeledReplicas", Number),
    field(3, "observedGeneration", Number),
    field(4, "readyReplicas", Number),
    field(5, "availableReplicas", Number),
    field(6, "conditions", List(&Message(WORKLOAD_CONDITION))),
];

pub(super) const REPLICA_SET: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(REPLICA_SET_SPEC)),
    field(3, "status", Message(REPLICA_SET_STATUS)),
];

pub(super) const ROLLING_UPDATE: &[Field] = &[optional(1, "partition", Number)];

pub(super) const UPDATE_STRATEGY: &[Field] = &[
    field(1, "type", Text),
    field(2, "rollingUpdate", Message(ROLLING_UPDATE)),
];

pub(super) const STATEFUL_SET_SPEC: &[Field] = &[
    optional(1, "replicas", Number),
    field(2, "selector", Message(LABEL_SELECTOR)),
    field(3, "template", Message(POD_TEMPLATE)),
    field(5, "serviceName", Text),
    field(7, "updateStrategy", Message(UPDATE_STRATEGY)),
];

pub(super) const STATEFUL_SET_STATUS: &[Field] = &[
    field(1, "observedGeneration", Number),
    field(2, "replicas", Number),
    field(3, "readyReplicas", Number),
    field(4, "currentReplicas", Number),
    field(5, "updatedReplicas", Number),
    field(6, "currentRevision", Text),
    field(7, "updateRevision", Text),
    field(10, "conditions", List(&Message(WORKLOAD_CONDITION))),
    optional(11, "availableReplicas", Number),
];

pub(super) const STATEFUL_SET: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(STATEFUL_SET_SPEC)),
    field(3, "status", Message(STATEFUL_SET_STATUS)),
];

pub(super) const DAEMON_UPDATE_STRATEGY: &[Field] = &[
    field(1, "type", Text),
    field(2, "rollingUpdate", Message(&[])),
];

pub(super) const DAEMON_SET_SPEC: &[Field] = &[
    field(1, "selector", Message(LABEL_SELECTOR)),
    field(2, "template", Message(POD_TEMPLATE)),
    field(3, "updateStrategy", Message(DAEMON_UPDATE_STRATEGY)),
];

pub(super) const DAEMON_SET_STATUS: &[Field] = &[
    field(1, "currentNumberScheduled", Number),
    field(2, "numberMisscheduled", Number),
    optional(3, "desiredNumberScheduled", Number),
    field(4, "numberReady", Number),
    field(5, "observedGeneration", Number),
    field(6, "updatedNumberScheduled", Number),
    field(7, "numberAvailable", Number),
    field(8, "numberUnavailable", Number),
    field(10, "conditions", List(&Message(WORKLOAD_CONDITION))),
];

pub(super) const DAEMON_SET: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(DAEMON_SET_SPEC)),
    field(3, "status", Message(DAEMON_SET_STATUS)),
];

pub(super) const JOB_SPEC: &[Field] = &[
    optional(1, "parallelism", Number),
    optional(2, "completions", Number),
    optional(3, "activeDeadlineSeconds", Number),
    field(6, "template", Message(POD_TEMPLATE)),
    field(10, "suspend", Flag),
];

pub(super) const JOB_STATUS: &[Field] = &[
    field(1, "conditions", List(&Message(PROBED_CONDITION))),
    field(2, "startTime", Time),
    field(3, "completionTime", Time),
    field(4, "active", Number),
    field(5, "succeeded", Number),
    field(6, "failed", Number),
];

pub(super) const JOB: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(JOB_SPEC)),
    field(3, "status", Message(JOB_STATUS)),
];

pub(super) const CRON_JOB_SPEC: &[Field] = &[field(1, "schedule", Text), field(4, "suspend", Flag)];

pub(super) const CRON_JOB_STATUS: &[Field] = &[
    field(1, "active", List(&Message(OBJECT_REFERENCE))),
    field(4, "lastScheduleTime", Time),
    field(5, "lastSuccessfulTime", Time),
];

pub(super) const CRON_JOB: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(CRON_JOB_SPEC)),
    field(3, "status", Message(CRON_JOB_STATUS)),
];

pub(super) const SCALE_TARGET: &[Field] = &[
    field(1, "kind", Text),
    field(2, "name", Text),
    field(3, "apiVersion", Text),
];

pub(super) const AUTOSCALER_SPEC: &[Field] = &[
    field(1, "scaleTargetRef", Message(SCALE_TARGET)),
    optional(2, "minReplicas", Number),
    field(3, "maxReplicas", Number),
];

pub(super) const AUTOSCALER_STATUS: &[Field] = &[
    optional(1, "observedGeneration", Number),
    field(3, "currentReplicas", Number),
    field(4, "desiredReplicas", Number),
    field(6, "conditions", List(&Message(WORKLOAD_CONDITION))),
];

pub(super) const HORIZONTAL_POD_AUTOSCALER: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(AUTOSCALER_SPEC)),
    field(3, "status", Message(AUTOSCALER_STATUS)),
];

pub(super) const BUDGET_STATUS: &[Field] = &[
    field(1, "observedGeneration", Number),
    field(3, "disruptionsAllowed", Number),
    field(4, "currentHealthy", Number),
    field(5, "desiredHealthy", Number),
    field(6, "expectedPods", Number),
    field(7, "conditions", List(&Message(STANDARD_CONDITION))),
];

pub(super) const POD_DISRUPTION_BUDGET: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(3, "status", Message(BUDGET_STATUS)),
];
