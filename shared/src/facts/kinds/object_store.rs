//! Where a database's backups go, as CloudNativePG and its plugin for barman name it: the Secrets, and the
//! Services where the store is in the cluster.
//! See <https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/>.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::service_hosts::ServiceHosts;

/// Under which names they are kept.
pub(super) const SECRETS: &str = "objectStore.secrets";
pub(super) const SERVICES: &str = "objectStore.services";

/// What of a `spec` is kept of its object store, each under its name.
pub(super) fn of(spec: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let of_cluster = spec
        .get("backup")
        .and_then(|backup| backup.get("barmanObjectStore"));
    let store = of_cluster.or_else(|| spec.get("configuration"));
    let store = store.filter(|store| store.get("destinationPath").is_some());
    let Some(store) = store.and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut names = BTreeSet::new();
    for value in store.values() {
        add_secrets(&mut names, value);
    }
    let endpoint = store.get("endpointURL").and_then(Value::as_str);
    let services = ServiceHosts::in_text(endpoint.unwrap_or_default());
    let names: Vec<_> = names.into_iter().collect();
    let kept = [(SECRETS, names.join(" ")), (SERVICES, services.0.join(" "))];
    kept.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// A key of a Secret has its name beside it.
fn add_secrets<'a>(names: &mut BTreeSet<&'a str>, value: &'a Value) {
    let Value::Object(map) = value else { return };
    match (map.get("name").and_then(Value::as_str), map.get("key")) {
        (Some(name), Some(_)) => {
            names.insert(name);
        }
        _ => map.values().for_each(|value| add_secrets(names, value)),
    }
}
