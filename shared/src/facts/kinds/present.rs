//! Whether a field is set, where what it says does not matter or must not be kept.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Set, and neither `null` nor empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Present(pub bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::Null => false,
            Value::Bool(set) => set,
            Value::Number(_) => true,
            Value::String(text) => !text.is_empty(),
            Value::Array(list) => !list.is_empty(),
            // An object counts without fields too: `passthrough: {}` is set.
            Value::Object(_) => true,
        }))
    }
}
