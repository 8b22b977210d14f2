//! Definitions for the kinds that Kubernetes does not have.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::resources::{Resources, api_version, kind, name};

const KIND: &str = "CustomResourceDefinition";

/// A definition for every kind of `objects` that the server lacks, each accepting any field. A definition that is
/// among the objects says how its kind is named and served; the schema and the conversion are not taken from it.
pub(super) fn missing(objects: &[Value], resources: &Resources) -> Vec<Value> {
    let mut definitions: BTreeMap<(String, String), Value> = BTreeMap::new();
    for given in objects.iter().filter(|object| kind(object) == KIND) {
        let spec = &given["spec"];
        let of = |field: &Value| field.as_str().unwrap_or_default().to_owned();
        definitions.insert(
            (of(&spec["group"]), of(&spec["names"]["kind"])),
            given.clone(),
        );
    }
    for object in objects {
        let Some((group, version)) = api_version(object).split_once('/') else {
            continue;
        };
        if resources.get(object).is_none() && kind(object) != KIND {
            let definition = definitions
                .entry((group.to_owned(), kind(object).to_owned()))
                .or_insert_with(|| plain(group, object));
            serve(definition, version);
        }
    }
    definitions.into_values().map(open).collect()
}

/// A definition as the object suggests it.
fn plain(group: &str, object: &Value) -> Value {
    let kind = kind(object);
    let plural = plural(kind);
    let namespaced = object["metadata"]["namespace"].is_string();
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": KIND,
        "metadata": {"name": format!("{plural}.{group}")},
        "spec": {
            "group": group,
            "scope": if namespaced { "Namespaced" } else { "Cluster" },
            "names": {"kind": kind, "plural": plural, "singular": kind.to_lowercase(), "listKind": format!("{kind}List")},
            "versions": [],
        },
    })
}

/// Kubernetes' own guess at a kind's plural.
fn plural(kind: &str) -> String {
    let lower = kind.to_lowercase();
    match lower.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if lower.ends_with('s') => format!("{lower}es"),
        _ => format!("{lower}s"),
    }
}

/// Adds `version` where it is not listed. The first one listed is the one that is stored.
fn serve(definition: &mut Value, version: &str) {
    let versions = definition["spec"]["versions"].as_array_mut().unwrap();
    if !versions.iter().any(|listed| listed["name"] == version) {
        let storage = versions.is_empty();
        versions.push(json!({"name": version, "served": true, "storage": storage}));
    }
}

/// Lets all versions accept any field, and store a status apart from the rest.
fn open(mut definition: Value) -> Value {
    let group = definition["spec"]["group"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let metadata = json!({
        "name": name(&definition),
        "labels": definition["metadata"]["labels"],
        // Without it, groups below k8s.io are refused.
        "annotations": {"api-approved.kubernetes.io": "unapproved, a test's own"},
    });
    definition["metadata"] = metadata;
    if let Some(definition) = definition.as_object_mut() {
        definition.remove("status");
    }
    let spec = definition["spec"].as_object_mut().unwrap();
    spec.remove("conversion");
    spec.remove("preserveUnknownFields");
    for version in spec["versions"].as_array_mut().unwrap() {
        version["schema"] = json!({"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}});
        version["subresources"] = json!({"status": {}});
    }
    debug_assert!(!group.is_empty(), "a definition without a group");
    definition
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn plurals_are_those_of_the_real_definitions() {
        assert_eq!(plural("GitRepository"), "gitrepositories");
        assert_eq!(plural("Gateway"), "gateways");
        assert_eq!(plural("Prometheus"), "prometheuses");
        assert_eq!(plural("IngressRouteTCP"), "ingressroutetcps");
    }
}
