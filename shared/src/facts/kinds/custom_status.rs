//! The `status` of any other object, in a form that rules without knowledge of the kind can read.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::super::meta::Condition;
use super::super::wire::wire;
use super::custom_credentials::is_credential;

/// Longer texts of a status are cut: they are shown, not judged.
const LONGEST_TEXT: usize = 500;

/// How deep words about an object's state may stand; other scalars are read two deep.
const DEEPEST: usize = 5;

/// How many elements of a list in a status are looked at.
const LONGEST_LIST: usize = 20;

wire! {
    /// What the status says of a part of an object, or of its place in another one: an element
    /// of a list that has conditions of its own (`ancestors`, `parents`, `listeners`, ...).
    pub struct Part {
        pub name: String,
        pub conditions: Vec<Condition>,
    }
}

/// A `status`: its conditions, and its other scalars by dotted path (`ceph.health`).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomStatus {
    /// Whether the object has a status at all.
    #[serde(skip)]
    pub exists: bool,
    /// `conditions`, where there is such a list; it may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<Condition>>,
    /// What it says of parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// All other scalars as text.
    #[serde(flatten)]
    pub scalars: BTreeMap<String, String>,
}

impl CustomStatus {
    /// The conditions, none where it has no such list.
    pub fn conditions(&self) -> &[Condition] {
        self.conditions.as_deref().unwrap_or_default()
    }

    /// A scalar's text, empty where it is absent.
    pub fn text(&self, path: &str) -> &str {
        self.scalars.get(path).map_or("", String::as_str)
    }

    /// A scalar as a number.
    pub fn number(&self, path: &str) -> Option<i64> {
        self.text(path).parse().ok()
    }

    fn walk(&mut self, map: &Map<String, Value>, path: &str, depth: usize) {
        for (key, value) in map {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            match value {
                Value::Object(inner) if depth < DEEPEST => self.walk(inner, &path, depth + 1),
                Value::Array(list) => self.walk_list(list, &path, depth),
                _ => {
                    let is_kept = depth < 2 || tells_state(key);
                    let text = scalar(value).filter(|_| is_kept);
                    let text = text.filter(|text| !is_credential(&path, text));
                    self.scalars.extend(text.map(|text| (path, text)));
                }
            }
        }
    }

    fn walk_list(&mut self, list: &[Value], path: &str, depth: usize) {
        let objects = list.iter().filter_map(Value::as_object);
        for (at, object) in objects.take(LONGEST_LIST).enumerate() {
            if let Some(Value::Array(conditions)) = object.get("conditions") {
                self.parts.push(Part {
                    name: name_of(object).unwrap_or(path).to_owned(),
                    conditions: conditions.iter().filter_map(read_condition).collect(),
                });
            } else if depth < DEEPEST {
                // Only what tells a state is kept of lists: they may be long.
                self.walk(object, &format!("{path}.{at}"), depth.max(1) + 1);
            }
        }
    }
}

/// `name`, or that of a reference such as `ancestorRef`.
fn name_of(part: &Map<String, Value>) -> Option<&str> {
    let own = part.get("name").and_then(Value::as_str);
    own.or_else(|| {
        part.iter()
            .filter(|(key, _)| key.ends_with("Ref"))
            .find_map(|(_, reference)| reference.get("name")?.as_str())
    })
}

/// Whether a field's name promises a word about the object's state, or why it is as it is.
fn tells_state(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["state", "status", "phase", "health"]
        .iter()
        .any(|end| key.ends_with(end))
        || matches!(key.as_str(), "applied" | "compliant" | "message" | "ready")
}

/// Reads a condition; a few controllers write its status as a boolean.
fn read_condition(value: &Value) -> Option<Condition> {
    let mut map = value.as_object()?.clone();
    if let Some(Value::Bool(status)) = map.get("status") {
        let status = if *status { "True" } else { "False" };
        map.insert("status".to_owned(), status.into());
    }
    serde_json::from_value(Value::Object(map)).ok()
}

impl<'de> Deserialize<'de> for CustomStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Value::Object(mut map) = Value::deserialize(deserializer)? else {
            return Ok(Self::default());
        };
        let conditions = match map.remove("conditions") {
            Some(Value::Array(list)) => Some(list.iter().filter_map(read_condition).collect()),
            _ => None,
        };
        let mut status = Self {
            exists: true,
            conditions,
            ..Self::default()
        };
        status.walk(&map, "", 0);
        Ok(status)
    }
}

pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.chars().take(LONGEST_TEXT).collect()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::custom::Custom;

    #[test]
    fn a_snapshot_reads_as_the_object_did() {
        let custom: Custom = serde_json::from_str(
            r#"{"apiVersion":"ceph.rook.io/v1","kind":"CephCluster","spec":{"mon":{"count":3}},
                "status":{"phase":"Ready","ceph":{"health":"HEALTH_OK","fsid":"f"},"conditions":[],
                "nodes":[{"name":"a","host":"h","state":"up"}],
                "parents":[{"parentRef":{"name":"gw"},"conditions":[{"type":"Ready","status":true}]}]}}"#,
        )
        .unwrap();
        assert_eq!(custom.status.text("ceph.health"), "HEALTH_OK");
        assert_eq!(custom.status.text("nodes.0.state"), "up");
        assert_eq!(custom.status.text("nodes.0.host"), "");
        assert_eq!(custom.status.parts[0].name, "gw");
        assert!(custom.status.parts[0].conditions[0].is_true());
        let written = serde_json::to_string(&custom).unwrap();
        assert_eq!(serde_json::from_str::<Custom>(&written).unwrap(), custom);
    }
}
