//! A large cluster: pods and custom resources as big as real ones.

mod custom;
mod pod;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Size;
use custom::custom;
use pod::pod;

/// Over how many namespaces the objects are spread.
const NAMESPACES: usize = 50;

/// All objects, with what they refer to.
pub(crate) fn all(size: Size) -> Vec<Value> {
    let node = json!({
        "apiVersion": "v1", "kind": "Node", "metadata": {"name": "k3s-1"},
        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": ""}]},
    });
    let namespaces = (0..NAMESPACES).flat_map(shared_by_pods);
    let pods = (0..size.pods).map(pod);
    let customs = (0..size.customs).map(custom);
    let all = std::iter::once(node).chain(namespaces).chain(pods);
    all.chain(customs).collect()
}

/// The objects of each kind, by its name in lower case.
pub(crate) fn by_kind(objects: &[Value]) -> BTreeMap<String, Vec<&Value>> {
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for object in objects {
        let name = object["kind"].as_str().unwrap().to_ascii_lowercase();
        kinds.entry(name).or_default().push(object);
    }
    kinds
}

/// A namespace, and in it what all pods mount and take variables from.
fn shared_by_pods(number: usize) -> Vec<Value> {
    let namespace = namespace(number);
    let meta = |name: &str| json!({"name": name, "namespace": namespace});
    let keys: Map<String, Value> = (0..24)
        .map(|number| (format!("key-{number}"), "bm90aGluZw==".into()))
        .collect();
    vec![
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}, "status": {"phase": "Active"}}),
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": meta("default")}),
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta("web-config"), "data": {"config.yaml": "{}"}}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": meta("web-tls"), "type": "Opaque", "data": keys}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": meta("web-credentials"), "type": "Opaque", "data": keys}),
    ]
}

fn namespace(number: usize) -> String {
    format!("load-{}", number % NAMESPACES)
}
