//! Custom resource definitions and aggregated APIs.

use super::super::table::Form::{Flag, List, Map, Message, Opaque, Text};
use super::super::table::{Field, field};
use super::meta::{DEFINITION_CONDITION, META, SERVICE_REFERENCE, WORKLOAD_CONDITION};

pub(super) const DEFINITION_NAMES: &[Field] = &[
    field(1, "plural", Text),
    field(3, "shortNames", List(&Text)),
    field(4, "kind", Text),
];

pub(super) const SUBRESOURCES: &[Field] = &[field(1, "status", Message(&[]))];

pub(super) const SCHEMA_ROOT: &[Field] = &[field(29, "properties", Map(&Opaque))];

pub(super) const DEFINITION_SCHEMA: &[Field] = &[field(1, "openAPIV3Schema", Message(SCHEMA_ROOT))];

pub(super) const DEFINITION_VERSION: &[Field] = &[
    field(1, "name", Text),
    field(2, "served", Flag),
    field(4, "schema", Message(DEFINITION_SCHEMA)),
    field(5, "subresources", Message(SUBRESOURCES)),
];

pub(super) const DEFINITION_SPEC: &[Field] = &[
    field(1, "group", Text),
    field(3, "names", Message(DEFINITION_NAMES)),
    field(7, "versions", List(&Message(DEFINITION_VERSION))),
];

pub(super) const DEFINITION_STATUS: &[Field] =
    &[field(1, "conditions", List(&Message(DEFINITION_CONDITION)))];

pub(super) const CUSTOM_RESOURCE_DEFINITION: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(DEFINITION_SPEC)),
    field(3, "status", Message(DEFINITION_STATUS)),
];

pub(super) const API_SERVICE_SPEC: &[Field] = &[
    field(1, "service", Message(SERVICE_REFERENCE)),
    field(2, "group", Text),
    field(3, "version", Text),
];

pub(super) const API_SERVICE_STATUS: &[Field] =
    &[field(1, "conditions", List(&Message(WORKLOAD_CONDITION)))];

pub(super) const API_SERVICE: &[Field] = &[
    field(1, "metadata", Message(META)),
    field(2, "spec", Message(API_SERVICE_SPEC)),
    field(3, "status", Message(API_SERVICE_STATUS)),
];
