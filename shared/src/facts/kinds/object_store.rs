//! Where backups go, as CloudNativePG and its plugin for barman name it, and Velero: the Secrets, the host,
//! and the Services where the store is in the cluster.
//! See <https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/>.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::service_hosts::ServiceHosts;
use super::url::PublicUrl;

/// Under which names they are kept.
pub(super) const SECRETS: &str = "objectStore.secrets";
pub(super) const SERVICES: &str = "objectStore.services";
pub(super) const HOST: &str = "objectStore.host";

/// What of a `spec` is kept of its object store, each under its name.
pub(super) fn of(spec: &Map<String, Value>) -> Vec<(&'static str, String)> {
    let of_cluster = spec
        .get("backup")
        .and_then(|backup| backup.get("barmanObjectStore"));
    let store = of_cluster.or_else(|| spec.get("configuration"));
    let store = store.filter(|store| store.get("destinationPath").is_some());
    let of_velero = spec.get("config");
    let of_velero = of_velero.filter(|_| spec.contains_key("objectStorage"));
    let Some(store) = store.or(of_velero).and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut names = BTreeSet::new();
    for value in store.values() {
        add_secrets(&mut names, value);
    }
    let endpoint = store.get("endpointURL").or_else(|| store.get("s3Url"));
    let endpoint = endpoint.and_then(Value::as_str).unwrap_or_default();
    let services = ServiceHosts::in_text(endpoint);
    let names: Vec<_> = names.into_iter().collect();
    let kept = [
        (SECRETS, names.join(" ")),
        (SERVICES, services.0.join(" ")),
        (HOST, host(endpoint)),
    ];
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

/// The host of a URL, with its port, but no name and password.
fn host(url: &str) -> String {
    let PublicUrl(url) = PublicUrl::of(url);
    let (_, rest) = url.split_once("://").unwrap_or_default();
    rest.split('/').next().unwrap_or_default().to_owned()
}
