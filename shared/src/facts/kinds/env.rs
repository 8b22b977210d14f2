//! A container's environment: names, where values come from, and the Services that they name.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::text::Text;
use super::super::wire::wire;
use super::service_hosts::ServiceHosts;

wire! {
    /// Where a variable's value comes from.
    pub struct EnvSource {
        pub secret_key_ref: Option<KeyRef>,
        pub config_map_key_ref: Option<KeyRef>,
    }

    /// A key of a Secret or ConfigMap.
    pub struct KeyRef {
        pub name: Text,
        pub key: Text,
        pub optional: bool,
    }

    /// A Secret or ConfigMap whose keys all become variables.
    pub struct EnvFrom {
        pub secret_ref: Option<KeyRef>,
        pub config_map_ref: Option<KeyRef>,
    }
}

/// One of a container's environment variables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "AsRead")]
pub struct EnvVar {
    /// The variable's name.
    pub name: Text,
    /// Services that the literal value names; the value itself is dropped.
    #[serde(rename = "value", skip_serializing_if = "is_empty")]
    pub services: ServiceHosts,
    /// Where the value comes from, if it is not literal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_from: Option<Box<EnvSource>>,
}

fn is_empty(hosts: &ServiceHosts) -> bool {
    hosts.0.is_empty()
}

/// The variable on the wire: what is kept of its value depends on its name.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct AsRead {
    name: Text,
    /// A string in the API; manifests may hold other scalars, which name nothing.
    value: Value,
    value_from: Option<Box<EnvSource>>,
}

impl From<AsRead> for EnvVar {
    fn from(read: AsRead) -> Self {
        let value = read.value.as_str().unwrap_or_default();
        Self {
            services: ServiceHosts::of_variable(&read.name, value),
            name: read.name,
            value_from: read.value_from,
        }
    }
}
