//! Pods, and the pods that workloads make.

use super::super::table::Form::{Flag, List, Map, Message, Number, Quantity, Text, Time};
use super::super::table::{Field, field, inline, optional};
use super::meta::{META, NAMED, POD_CONDITION};

pub(super) const READINESS_GATE: &[Field] = &[field(1, "conditionType", Text)];

pub(super) const CONTAINER_PORT: &[Field] = &[
    field(1, "name", Text),
    field(2, "hostPort", Number),
    field(3, "containerPort", Number),
    field(4, "protocol", Text),
];

pub(super) const KEY_REF: &[Field] = &[
    inline(1, &[field(1, "name", Text)]),
    field(2, "key", Text),
    field(3, "optional", Flag),
];

pub(super) const ENV_SOURCE: &[Field] = &[
    field(3, "configMapKeyRef", Message(KEY_REF)),
    field(4, "secretKeyRef", Message(KEY_REF)),
];

pub(super) const ENV_VAR: &[Field] = &[
    field(1, "name", Text),
    field(2, "value", Text),
    field(3, "valueFrom", Message(ENV_SOURCE)),
];

pub(super) const ALL_KEYS_OF: &[Field] = &[
    inline(1, &[field(1, "name", Text)]),
    field(2, "optional", Flag),
];

pub(super) const ENV_FROM: &[Field] = &[
    field(2, "configMapRef", Message(ALL_KEYS_OF)),
    field(3, "secretRef", Message(ALL_KEYS_OF)),
];

pub(super) const RESOURCES: &[Field] = &[field(1, "limits", Map(&Quantity))];

pub(in super::super) const CONTAINER: &[Field] = &[
    field(1, "name", Text),
    field(2, "image", Text),
    field(4, "args", List(&Text)),
    field(6, "ports", List(&Message(CONTAINER_PORT))),
    field(7, "env", List(&Message(ENV_VAR))),
    field(8, "resources", Message(RESOURCES)),
    field(19, "envFrom", List(&Message(ENV_FROM))),
    field(24, "restartPolicy", Text),
];

pub(super) const KEY_PATH: &[Field] = &[field(1, "key", Text)];

pub(super) const SECRET_VOLUME: &[Field] = &[
    field(1, "secretName", Text),
    field(2, "items", List(&Message(KEY_PATH))),
    field(4, "optional", Flag),
];

pub(super) const CONFIG_MAP_VOLUME: &[Field] = &[
    inline(1, &[field(1, "name", Text)]),
    field(2, "items", List(&Message(KEY_PATH))),
    field(4, "optional", Flag),
];

pub(super) const CLAIM_VOLUME: &[Field] = &[field(1, "claimName", Text)];

pub(super) const PROJECTION: &[Field] = &[
    field(1, "secret", Message(CONFIG_MAP_VOLUME)),
    field(3, "configMap", Message(CONFIG_MAP_VOLUME)),
];

pub(super) const PROJECTED_VOLUME: &[Field] = &[field(1, "sources", List(&Message(PROJECTION)))];

pub(in super::super) const VOLUME: &[Field] = &[inline(
    2,
    &[
        field(6, "secret", Message(SECRET_VOLUME)),
        field(10, "persistentVolumeClaim", Message(CLAIM_VOLUME)),
        field(19, "configMap", Message(CONFIG_MAP_VOLUME)),
        field(26, "projected", Message(PROJECTED_VOLUME)),
    ],
)];

pub(super) const POD_SPEC: &[Field] = &[
    field(1, "volumes", List(&Message(VOLUME))),
    field(2, "containers", List(&Message(CONTAINER))),
    field(3, "restartPolicy", Text),
    field(7, "nodeSelector", Map(&Text)),
    field(8, "serviceAccountName", Text),
    field(10, "nodeName", Text),
    field(11, "hostNetwork", Flag),
    field(15, "imagePullSecrets", List(&Message(NAMED))),
    field(20, "initContainers", List(&Message(CONTAINER))),
    optional(25, "priority", Number),
    field(28, "readinessGates", List(&Message(READINESS_GATE))),
    field(38, "schedulingGates", List(&Message(NAMED))),
];

pub(super) const WAITING: &[Field] = &[field(1, "reason", Text), field(2, "message", Text)];

pub(super) const RUNNING: &[Field] = &[field(1, "startedAt", Time)];

pub(super) const TERMINATED: &[Field] = &[
    field(1, "exitCode", Number),
    field(2, "signal", Number),
    field(3, "reason", Text),
    field(4, "message", Text),
    field(5, "startedAt", Time),
    field(6, "finishedAt", Time),
];

pub(super) const CONTAINER_STATE: &[Field] = &[
    field(1, "waiting", Message(WAITING)),
    field(2, "running", Message(RUNNING)),
    field(3, "terminated", Message(TERMINATED)),
];

pub(super) const CONTAINER_STATUS: &[Field] = &[
    field(1, "name", Text),
    field(2, "state", Message(CONTAINER_STATE)),
    field(3, "lastState", Message(CONTAINER_STATE)),
    field(4, "ready", Flag),
    field(5, "restartCount", Number),
    field(6, "image", Text),
    optional(9, "started", Flag),
];

pub(super) const POD_STATUS: &[Field] = &[
    field(1, "phase", Text),
    field(2, "conditions", List(&Message(POD_CONDITION))),
    field(3, "message", Text),
    field(4, "reason", Text),
    field(8, "containerStatuses", List(&Message(CONTAINER_STATUS))),
    field(
        10,
        "initContainerStatuses",
        List(&Message(CONTAINER_STATUS)),
    ),
];

pub(super) const POD: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(POD_SPEC)),
    field(3, "status", Message(POD_STATUS)),
];

pub(super) const POD_TEMPLATE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(POD_SPEC)),
];
