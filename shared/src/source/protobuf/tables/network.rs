//! Services, endpoints and Ingresses.

use super::super::table::Form::{Flag, IntOrString, List, Map, Message, Number, Text};
use super::super::table::{Field, field, inline, optional};
use super::meta::{META, STANDARD_CONDITION, TARGET_REF};

pub(super) const SERVICE_PORT: &[Field] = &[
    field(1, "name", Text),
    field(2, "protocol", Text),
    field(3, "port", Number),
    field(4, "targetPort", IntOrString),
    field(5, "nodePort", Number),
];

pub(super) const SERVICE_SPEC: &[Field] = &[
    field(1, "ports", List(&Message(SERVICE_PORT))),
    field(2, "selector", Map(&Text)),
    field(3, "clusterIP", Text),
    field(4, "type", Text),
    field(5, "externalIPs", List(&Text)),
    field(8, "loadBalancerIP", Text),
    field(10, "externalName", Text),
    field(11, "externalTrafficPolicy", Text),
    field(13, "publishNotReadyAddresses", Flag),
    field(21, "loadBalancerClass", Text),
];

pub(super) const LOAD_BALANCER_INGRESS: &[Field] =
    &[field(1, "ip", Text), field(2, "hostname", Text)];

pub(super) const LOAD_BALANCER: &[Field] =
    &[field(1, "ingress", List(&Message(LOAD_BALANCER_INGRESS)))];

pub(super) const SERVICE_STATUS: &[Field] = &[
    field(1, "loadBalancer", Message(LOAD_BALANCER)),
    field(2, "conditions", List(&Message(STANDARD_CONDITION))),
];

pub(super) const SERVICE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(SERVICE_SPEC)),
    field(3, "status", Message(SERVICE_STATUS)),
];

pub(super) const ENDPOINT_CONDITIONS: &[Field] = &[
    optional(1, "ready", Flag),
    optional(2, "serving", Flag),
    optional(3, "terminating", Flag),
];

pub(super) const ENDPOINT: &[Field] = &[
    field(1, "addresses", List(&Text)),
    field(2, "conditions", Message(ENDPOINT_CONDITIONS)),
    field(4, "targetRef", Message(TARGET_REF)),
];

pub(super) const ENDPOINT_PORT: &[Field] = &[field(1, "name", Text), field(3, "port", Number)];

pub(super) const ENDPOINT_SLICE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "endpoints", List(&Message(ENDPOINT))),
    field(3, "ports", List(&Message(ENDPOINT_PORT))),
];

pub(super) const INGRESS_PORT: &[Field] = &[field(1, "name", Text), field(2, "number", Number)];

pub(super) const INGRESS_SERVICE: &[Field] = &[
    field(1, "name", Text),
    field(2, "port", Message(INGRESS_PORT)),
];

pub(super) const INGRESS_BACKEND: &[Field] = &[field(4, "service", Message(INGRESS_SERVICE))];

pub(super) const INGRESS_TLS: &[Field] =
    &[field(1, "hosts", List(&Text)), field(2, "secretName", Text)];

pub(super) const INGRESS_PATH: &[Field] = &[
    field(1, "path", Text),
    field(2, "backend", Message(INGRESS_BACKEND)),
    field(3, "pathType", Text),
];

pub(super) const INGRESS_HTTP: &[Field] = &[field(1, "paths", List(&Message(INGRESS_PATH)))];

pub(super) const INGRESS_RULE: &[Field] = &[
    field(1, "host", Text),
    inline(2, &[field(1, "http", Message(INGRESS_HTTP))]),
];

pub(super) const INGRESS_SPEC: &[Field] = &[
    field(1, "defaultBackend", Message(INGRESS_BACKEND)),
    field(2, "tls", List(&Message(INGRESS_TLS))),
    field(3, "rules", List(&Message(INGRESS_RULE))),
    optional(4, "ingressClassName", Text),
];

pub(super) const INGRESS_STATUS: &[Field] = &[field(1, "loadBalancer", Message(LOAD_BALANCER))];

pub(super) const INGRESS: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(INGRESS_SPEC)),
    field(3, "status", Message(INGRESS_STATUS)),
];

pub(super) const INGRESS_CLASS_SPEC: &[Field] = &[field(1, "controller", Text)];

pub(super) const INGRESS_CLASS: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(INGRESS_CLASS_SPEC)),
];
