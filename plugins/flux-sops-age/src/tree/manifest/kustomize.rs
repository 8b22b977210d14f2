//! What kustomize makes of a folder: the files that it takes, and the Secrets that it generates.

use shared::object::ObjectRef;
use shared::sops::Document;
use shared::sops::tree::{Item, Value};

use super::{items, line_of, text};

/// An entry of kustomize's `secretGenerator`.
pub(crate) struct Generator {
    pub(crate) object: ObjectRef,
    pub(crate) line: Option<u64>,
    /// The names that its Secret's data will have, as far as files give them.
    pub(crate) names: Vec<(String, Option<u64>)>,
}

/// The Secrets that are generated.
pub(super) fn generators(object: &[Item], document: &Document) -> Vec<Generator> {
    let of_all = text(object, "namespace");
    let nodes = items(object, "secretGenerator").unwrap_or_default();
    let nodes = nodes.iter().filter_map(Item::node);
    let made = nodes.map(|node| {
        let text = |name: &str| {
            node.value
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let namespace = if of_all.is_empty() {
            text("namespace")
        } else {
            of_all
        };
        let lists = ["files", "literals"]
            .into_iter()
            .filter_map(|field| node.value.get(field)?.items());
        let names = lists.flatten().filter_map(Item::node).filter_map(|entry| {
            let text = entry.value.as_str()?;
            let name = text.split_once('=').map_or_else(
                || text.rsplit('/').next().unwrap_or_default(),
                |(name, _)| name,
            );
            Some((name.to_owned(), line_of(entry, document)))
        });
        Generator {
            object: ObjectRef::new("v1", "Secret", namespace, text("name")),
            line: line_of(node, document),
            names: names.collect(),
        }
    });
    made.collect()
}

/// The files and folders that kustomize takes, and decrypted files among what it generates from.
pub(super) fn takes(object: &[Item]) -> Vec<String> {
    const LISTS: [&str; 5] = [
        "resources",
        "bases",
        "components",
        "crds",
        "patchesStrategicMerge",
    ];
    let nodes = |name| {
        items(object, name)
            .unwrap_or_default()
            .iter()
            .filter_map(Item::node)
    };
    let lists = LISTS.into_iter().flat_map(nodes);
    let mut paths: Vec<String> = lists
        .filter_map(|node| node.value.as_str().map(str::to_owned))
        .collect();
    for patch in nodes("patches").chain(nodes("patchesJson6902")) {
        paths.extend(
            patch
                .value
                .get("path")
                .and_then(Value::as_str)
                .map(str::to_owned),
        );
    }
    for generator in nodes("secretGenerator") {
        for field in ["files", "envs"] {
            let entries = generator
                .value
                .get(field)
                .and_then(Value::items)
                .unwrap_or_default();
            let texts = entries
                .iter()
                .filter_map(Item::node)
                .filter_map(|node| node.value.as_str());
            paths.extend(texts.map(|text| text.rsplit('=').next().unwrap_or_default().to_owned()));
        }
    }
    paths
}
