//! Custom resource definitions and aggregated APIs.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;
use super::service::TargetRef;

wire! {
    /// A custom resource definition.
    pub struct CustomResourceDefinition {
        pub metadata: Meta,
        pub spec: DefinitionSpec,
        pub status: DefinitionStatus,
    }

    /// `spec` of a definition.
    pub struct DefinitionSpec {
        pub group: String,
        pub names: DefinitionNames,
        pub versions: Vec<DefinitionVersion>,
    }

    /// The names of a definition's kind.
    pub struct DefinitionNames { pub kind: String, pub plural: String, }

    /// One of its versions.
    pub struct DefinitionVersion { pub name: String, pub served: bool, }

    /// `status` of a definition.
    pub struct DefinitionStatus { pub conditions: Vec<Condition>, }

    /// An API group that the API server or a service behind it serves.
    pub struct ApiService {
        pub metadata: Meta,
        pub spec: ApiServiceSpec,
        pub status: ApiServiceStatus,
    }

    /// `spec` of an API service; no `service` means the API server itself.
    pub struct ApiServiceSpec { pub group: String, pub version: String, pub service: Option<TargetRef>, }

    /// `status` of an API service.
    pub struct ApiServiceStatus { pub conditions: Vec<Condition>, }
}
