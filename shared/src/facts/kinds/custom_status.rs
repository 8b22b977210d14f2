//! The `status` of any other object, in a form that rules without knowledge of the kind can read.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::super::meta::Condition;
use super::custom_conditions::{self, conditions};
use super::custom_credentials::is_credential;
use super::custom_kept::{HIDDEN, is_flag, is_read};

pub use super::custom_conditions::Part;

/// Longer texts of a status are cut: they are shown, not judged.
const LONGEST_TEXT: usize = 500;

/// How deep words about an object's state may stand; other scalars are read two deep.
const DEEPEST: usize = 5;

/// How many elements of a list in a status are looked at that have no conditions.
const LONGEST_LIST: usize = 20;

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
    /// What it says of parts, in a snapshot under a name that no field has.
    #[serde(rename = "parts[]", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// All other scalars as text; what rules do not read of them is hidden.
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
        debug_assert!(is_read(path), "{path} is not kept");
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
                Value::Object(inner) if depth < DEEPEST => self.walk_part(inner, &path, depth + 1),
                Value::Array(list) => self.walk_list(list, &path, depth),
                _ => {
                    let is_kept = depth < 2 || tells_state(key);
                    let text = scalar(value).filter(|_| is_kept);
                    let text = text.map(|text| shown(value, &path, text));
                    self.scalars.extend(text.map(|text| (path, text)));
                }
            }
        }
    }

    fn walk_part(&mut self, map: &Map<String, Value>, path: &str, depth: usize) {
        match Part::of(map, path).filter(|part| !part.conditions.is_empty()) {
            Some(part) => {
                self.parts.push(part);
                let mut rest = map.clone();
                rest.remove(custom_conditions::FIELD);
                self.walk(&rest, path, depth);
            }
            None => self.walk(map, path, depth),
        }
    }

    fn walk_list(&mut self, list: &[Value], path: &str, depth: usize) {
        for (at, object) in list.iter().filter_map(Value::as_object).enumerate() {
            if let Some(part) = Part::of(object, path) {
                self.parts.push(part);
            } else if depth < DEEPEST && at < LONGEST_LIST {
                // Only what tells a state is kept of lists: they may be long.
                self.walk(object, &format!("{path}.{at}"), depth.max(1) + 1);
            }
        }
    }
}

/// A scalar's text, hidden where it may be a credential.
fn shown(value: &Value, path: &str, text: String) -> String {
    let tells_nothing = text.is_empty() || is_flag(&text);
    let is_shown = !value.is_string() || is_read(path);
    match tells_nothing || is_shown && !is_credential(path, &text) {
        true => text,
        false => HIDDEN.to_owned(),
    }
}

/// Whether a field's name promises a word about the object's state, or why it is as it is.
fn tells_state(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["state", "status", "phase", "health"]
        .iter()
        .any(|end| key.ends_with(end))
        || matches!(key.as_str(), "applied" | "compliant" | "message" | "ready")
}

impl<'de> Deserialize<'de> for CustomStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Value::Object(mut map) = Value::deserialize(deserializer)? else {
            return Ok(Self::default());
        };
        let conditions = map.get(custom_conditions::FIELD).and_then(conditions);
        if conditions.is_some() {
            map.remove(custom_conditions::FIELD);
        }
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
                "nodes":[{"name":"a","host":"h","state":"up"}],"parts":"3","empty":[{"conditions":[]}],
                "disks":{"d":{"state":"up","conditions":[{"type":"Ready","status":"False"}]}},
                "parents":[{"parentRef":{"name":"gw"},"conditions":[{"type":"Ready","status":true}]}]}}"#,
        )
        .unwrap();
        assert_eq!(custom.status.text("ceph.health"), "HEALTH_OK");
        assert_eq!(custom.status.text("nodes.0.state"), "up");
        assert_eq!(custom.status.scalars.get("nodes.0.host"), None);
        assert_eq!(custom.status.text("disks.d.state"), "up");
        let parts: Vec<_> = custom
            .status
            .parts
            .iter()
            .map(|p| p.name.as_str())
            .collect();
        assert_eq!(parts, ["gw", "empty", "disks.d"]);
        assert!(custom.status.parts[2].conditions[0].is_false());
        assert!(custom.status.parts[0].conditions[0].is_true());
        let written = serde_json::to_string(&custom).unwrap();
        assert_eq!(serde_json::from_str::<Custom>(&written).unwrap(), custom);
    }

    #[test]
    fn no_part_is_one_too_many() {
        let part = |at: usize| {
            let status = if at < 40 { "True" } else { "False" };
            serde_json::json!({"name": at.to_string(), "conditions": [{"type": "Accepted", "status": status}]})
        };
        let (few, more): (Vec<_>, Vec<_>) = (0..41).map(part).partition(|part| part["name"] == "0");
        let object = serde_json::json!({"status": {"ancestors": few, "zones": more}});
        let custom: Custom = serde_json::from_value(object).unwrap();
        assert!(custom.status.parts[40].conditions[0].is_false());
        let written = serde_json::to_string(&custom).unwrap();
        assert_eq!(serde_json::from_str::<Custom>(&written).unwrap(), custom);
    }
}
