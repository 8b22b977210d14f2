//! Conditions of kinds that nobody here knows: also such as are not quite what the API's conventions want.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::meta::Condition;

/// Where a part, or the status itself, has them.
pub(super) const FIELD: &str = "conditions";

/// What the status says of a part of an object, or of its place in another one: an element of a list
/// (`ancestors`, `parents`, `listeners`, ...) or an entry of a map that has conditions of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Part {
    /// What it is called, else where it stands.
    pub name: String,
    /// What is said of it.
    pub conditions: Vec<Condition>,
}

impl Part {
    /// The part that stands at a path; nothing where it has no conditions of its own.
    pub(super) fn of(object: &Map<String, Value>, path: &str) -> Option<Self> {
        Some(Self {
            conditions: conditions(object.get(FIELD)?)?,
            name: name_of(object).unwrap_or(path).to_owned(),
        })
    }
}

/// `name`, or that of a reference such as `ancestorRef`.
fn name_of(part: &Map<String, Value>) -> Option<&str> {
    let own = part.get("name").and_then(Value::as_str);
    let name = own.or_else(|| {
        part.iter()
            .filter(|(key, _)| key.ends_with("Ref"))
            .find_map(|(_, reference)| reference.get("name")?.as_str())
    });
    name.filter(|name| !name.is_empty())
}

/// The conditions of a list, or of a map by their types; nothing where it is neither.
pub(super) fn conditions(value: &Value) -> Option<Vec<Condition>> {
    match value {
        Value::Array(list) => {
            let all = list.iter().filter_map(Value::as_object);
            Some(all.cloned().map(read).collect())
        }
        Value::Object(map) if !map.is_empty() => map.iter().map(of_type).collect(),
        _ => None,
    }
}

fn of_type((kind, value): (&String, &Value)) -> Option<Condition> {
    let mut map = value.as_object()?.clone();
    let status = map.get("status")?;
    if !status.is_string() && !status.is_boolean() {
        return None;
    }
    map.entry("type").or_insert_with(|| kind.clone().into());
    Some(read(map))
}

/// Reads a condition. What is not of the form that it should have is left out of it: a time that is a
/// number must not hide that it is `False`.
fn read(mut map: Map<String, Value>) -> Condition {
    if let Some(word) = map.get("status").and_then(status) {
        map.insert("status".to_owned(), word.into());
    }
    Condition::deserialize(Value::Object(map.clone())).unwrap_or_else(|_| {
        map.retain(|key, value| {
            let alone = Map::from_iter([(key.clone(), value.clone())]);
            Condition::deserialize(Value::Object(alone)).is_ok()
        });
        Condition::deserialize(Value::Object(map)).unwrap_or_default()
    })
}

/// The word for a status: a few controllers write a boolean, or small letters.
fn status(value: &Value) -> Option<&'static str> {
    let told = match value {
        Value::Bool(told) => told.to_string(),
        other => other.as_str()?.to_owned(),
    };
    let mut words = ["True", "False", "Unknown"].into_iter();
    words.find(|word| word.eq_ignore_ascii_case(&told))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_malformed_in_a_condition_hides_nothing_else() {
        for odd in [
            json!({"lastTransitionTime": 1_763_715_600}),
            json!({"lastUpdateTime": {}}),
            json!({"message": {"a": 1}}),
            json!({"message": ["a"]}),
            json!({"reason": 5}),
            json!({"severity": 3}),
            json!({"observedGeneration": "1"}),
            json!({"observedGeneration": 1.0}),
            json!({"status": "false"}),
            json!({"status": false}),
        ] {
            let mut one = json!({"type": "Ready", "status": "False", "reason": "Failed"});
            let fields = odd.as_object().unwrap().clone();
            one.as_object_mut().unwrap().extend(fields);
            let all = conditions(&json!([one])).unwrap();
            assert!(all[0].is_false() && all[0].r#type == "Ready", "{odd}");
            let has_reason = odd.get("reason").is_none();
            assert_eq!(all[0].reason == "Failed", has_reason, "{odd}");
        }
    }

    #[test]
    fn conditions_may_stand_in_a_map() {
        let map = json!({"Ready": {"status": "False", "reason": "Failed"}});
        let all = conditions(&map).unwrap();
        assert!(all[0].is_false() && all[0].r#type == "Ready");
        assert_eq!(conditions(&json!({"Ready": "False"})), None);
        assert_eq!(conditions(&json!({"count": {"status": 1}})), None);
    }
}
