//! Kubernetes objects from YAML.

use serde_json::Value;

/// The objects of a YAML text, those in Lists one by one.
///
/// # Panics
///
/// When the text is not YAML.
pub fn objects(yaml: &str) -> Vec<Value> {
    let options = serde_saphyr::options! { budget: None };
    let documents = serde_saphyr::from_multiple_with_options::<Value>(yaml, options).unwrap();
    documents.into_iter().flat_map(flattened).collect()
}

fn flattened(document: Value) -> Vec<Value> {
    let is_list = document["kind"]
        .as_str()
        .is_some_and(|kind| kind.ends_with("List"));
    match document {
        Value::Null => vec![],
        Value::Object(mut list) if is_list => match list.remove("items") {
            Some(Value::Array(items)) => items.into_iter().flat_map(flattened).collect(),
            _ => vec![],
        },
        object => vec![object],
    }
}
