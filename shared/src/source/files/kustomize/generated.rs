//! ConfigMaps and Secrets that a kustomization generates: their keys, and of Secrets only that they are.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::source::document::Document;

/// What a generator makes; nothing where it only adds to what another makes.
pub(super) fn generated(
    said: &Value,
    kind: &str,
    namespace: &str,
    folder: &Path,
) -> Option<Document> {
    let name = said["name"].as_str()?;
    if matches!(said["behavior"].as_str(), Some("merge" | "replace")) {
        return None;
    }
    let namespace = match namespace {
        "" => said["namespace"].as_str().unwrap_or_default(),
        outer => outer,
    };
    let mut object = json!({
        "apiVersion": "v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace},
    });
    if kind == "ConfigMap" {
        object["data"] = Value::Object(keys(said, folder));
    }
    Some(Document::of_object(&object.to_string()))
}

fn keys(said: &Value, folder: &Path) -> Map<String, Value> {
    let texts = |field: &str| -> Vec<&str> {
        let all = said[field].as_array().into_iter().flatten();
        all.filter_map(Value::as_str).collect()
    };
    let before = |text: &str| text.split('=').next().unwrap_or_default().trim().to_owned();
    let of_file = |text: &str| match text.split_once('=') {
        Some((key, _)) => key.to_owned(),
        None => text.rsplit('/').next().unwrap_or_default().to_owned(),
    };
    let envs = texts("envs").into_iter().chain(said["env"].as_str());
    // What is no plain file may never end.
    let envs = envs
        .map(|path| folder.join(path))
        .filter(|path| path.is_file());
    let envs = envs.filter_map(|path| fs::read_to_string(path).ok());
    let envs: Vec<String> = envs
        .flat_map(|text| text.lines().map(before).collect::<Vec<_>>())
        .collect();
    let all = texts("literals").into_iter().map(before);
    let all = all
        .chain(texts("files").into_iter().map(of_file))
        .chain(envs);
    all.map(|key| (key, Value::String(String::new()))).collect()
}
