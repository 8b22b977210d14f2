//! Custom resource definitions and aggregated APIs.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;
use super::keys::Keys;
use super::present::Present;
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
    pub struct DefinitionNames {
        pub kind: String,
        pub plural: String,
        pub short_names: Vec<String>,
    }

    /// One of its versions.
    pub struct DefinitionVersion {
        pub name: String,
        pub served: bool,
        pub subresources: Subresources,
        pub schema: DefinitionSchema,
    }

    /// What a version has beside its objects.
    pub struct Subresources { pub status: Present, }

    /// The schema of a version.
    pub struct DefinitionSchema {
        #[serde(rename = "openAPIV3Schema")]
        pub root: SchemaRoot,
    }

    /// The names of the fields of its objects.
    pub struct SchemaRoot { pub properties: Keys, }

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

impl CustomResourceDefinition {
    /// Whether its objects get no status: they have neither a place for it nor such a field.
    pub fn has_no_status(&self) -> bool {
        self.spec.versions.iter().all(|version| {
            let fields = &version.schema.root.properties;
            !version.subresources.status.0 && !fields.has("status")
        })
    }
}
