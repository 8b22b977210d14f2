//! Where the API server keeps the objects of a kind.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::client::Client;

/// What discovery says of a kind.
#[derive(Clone)]
pub(super) struct Resource {
    pub(super) plural: String,
    pub(super) namespaced: bool,
    pub(super) has_status: bool,
}

/// The kinds of some API versions, by API version and kind.
pub(super) struct Resources(HashMap<(String, String), Resource>);

impl Resources {
    /// Asks for the API versions of `objects`. Those that the server does not have are empty.
    pub(super) fn of(client: &Client, objects: &[Value]) -> Resources {
        let versions: BTreeSet<&str> = objects.iter().map(api_version).collect();
        let mut found = HashMap::new();
        for version in versions {
            let list = client.get(&base(version)).unwrap_or_default();
            let Some(resources) = list["resources"].as_array() else {
                continue;
            };
            let names: BTreeSet<&str> = resources
                .iter()
                .filter_map(|r| r["name"].as_str())
                .collect();
            for resource in resources {
                let plural = resource["name"].as_str().unwrap_or_default();
                if !plural.contains('/') {
                    let kind = resource["kind"].as_str().unwrap_or_default();
                    let resource = Resource {
                        plural: plural.to_owned(),
                        namespaced: resource["namespaced"] == true,
                        has_status: names.contains(format!("{plural}/status").as_str()),
                    };
                    found.insert((version.to_owned(), kind.to_owned()), resource);
                }
            }
        }
        Resources(found)
    }

    /// The resource that `object` is one of, if the server has it.
    pub(super) fn get(&self, object: &Value) -> Option<&Resource> {
        self.0
            .get(&(api_version(object).to_owned(), kind(object).to_owned()))
    }

    /// The path of the collection that `object` belongs to. Whatever names no namespace is in `default`, as with kubectl.
    pub(super) fn collection(&self, object: &Value) -> Option<String> {
        let resource = self.get(object)?;
        let base = base(api_version(object));
        let plural = &resource.plural;
        Some(if resource.namespaced {
            let namespace = object["metadata"]["namespace"]
                .as_str()
                .unwrap_or("default");
            format!("{base}/namespaces/{namespace}/{plural}")
        } else {
            format!("{base}/{plural}")
        })
    }
}

/// The path of an API version.
fn base(version: &str) -> String {
    if version.contains('/') {
        format!("/apis/{version}")
    } else {
        format!("/api/{version}")
    }
}

pub(super) fn api_version(object: &Value) -> &str {
    object["apiVersion"].as_str().unwrap_or_default()
}

pub(super) fn kind(object: &Value) -> &str {
    object["kind"].as_str().unwrap_or_default()
}

pub(super) fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap_or_default()
}
