//! The fields of a `sops` block, whatever they say.

use super::exit;
use super::tree::{Item, Key, Node, Value};
use crate::failure::{Failure, Result};

/// A text field; empty where there is none.
pub(super) fn text(view: &Value, field: &str) -> Result<String> {
    match view.get(field) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::Str(text)) => text
            .text()
            .map(str::to_owned)
            .ok_or_else(|| wrong(field, "no text")),
        Some(Value::Int(number)) => Ok(number.to_string()),
        Some(Value::Float(number)) => Ok(number.to_string()),
        Some(Value::Bool(says)) => Ok(says.to_string()),
        Some(other) => Err(wrong(field, other.kind())),
    }
}

/// A failure about a field.
pub(super) fn wrong(field: &str, is: &str) -> Failure {
    malformed(&format!("the field {field} of the sops block is {is}"))
}

/// A failure about the block.
pub(super) fn malformed(message: &str) -> Failure {
    Failure::new(message).exit(exit::GENERIC)
}

/// The values as elements of a list.
pub(super) fn nodes(values: Vec<Value>) -> Vec<Item> {
    values
        .into_iter()
        .map(|value| Item::Node(Node::new(Key::None, value)))
        .collect()
}
