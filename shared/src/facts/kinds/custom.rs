//! Any other object: what generic health rules ask of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;

/// Longer texts of a status are cut: they are shown, not judged.
const LONGEST_TEXT: usize = 500;

wire! {
    /// An object of a kind without a struct of its own.
    pub struct Custom {
        pub api_version: String,
        pub kind: String,
        pub metadata: Meta,
        pub spec: CustomSpec,
        pub status: CustomStatus,
    }
}

/// Fields of a `spec` that change how the status is to be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CustomSpec(pub BTreeMap<String, String>);

/// Whether and how much of a thing is wanted; all other fields are dropped at the read.
const KEPT_SPEC: &[&str] = &[
    "replicas",
    "size",
    "instances",
    "suspend",
    "suspended",
    "paused",
    "state",
    "mode",
];

impl<'de> Deserialize<'de> for CustomSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut kept = BTreeMap::new();
        if let Value::Object(map) = Value::deserialize(deserializer)? {
            for key in KEPT_SPEC {
                kept.extend(
                    map.get(*key)
                        .and_then(scalar)
                        .map(|text| ((*key).to_owned(), text)),
                );
            }
        }
        Ok(Self(kept))
    }
}

/// A `status`: its conditions, and its other scalars by dotted path (`ceph.health`), at most two deep.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomStatus {
    /// Whether the object has a status at all.
    #[serde(skip)]
    pub exists: bool,
    /// `conditions`, where they are a list of the usual shape.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// All other scalars as text.
    #[serde(flatten)]
    pub scalars: BTreeMap<String, String>,
}

impl CustomStatus {
    /// A scalar's text, empty where it is absent.
    pub fn text(&self, path: &str) -> &str {
        self.scalars.get(path).map_or("", String::as_str)
    }

    /// A scalar as a number.
    pub fn number(&self, path: &str) -> Option<i64> {
        self.text(path).parse().ok()
    }
}

impl<'de> Deserialize<'de> for CustomStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Value::Object(mut map) = Value::deserialize(deserializer)? else {
            return Ok(Self::default());
        };
        let conditions = match map.remove("conditions") {
            Some(Value::Array(list)) => list
                .into_iter()
                .filter_map(|value| serde_json::from_value(value).ok())
                .collect(),
            _ => Vec::new(),
        };
        let mut scalars = BTreeMap::new();
        for (key, value) in &map {
            if let Value::Object(inner) = value {
                scalars.extend(
                    inner
                        .iter()
                        .filter_map(|(k, v)| Some((format!("{key}.{k}"), scalar(v)?))),
                );
            } else if let Some(text) = scalar(value) {
                scalars.insert(key.clone(), text);
            }
        }
        Ok(Self {
            exists: true,
            conditions,
            scalars,
        })
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.chars().take(LONGEST_TEXT).collect()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}
