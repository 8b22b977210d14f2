//! The `sops` block in formats without nesting: `age__list_0__map_enc` is the field `enc` of the first age entry.

use std::collections::BTreeMap;

use super::block::malformed;
use super::tree::{Item, Key, Node, Value};
use crate::failure::Result;

const MAP: &str = "__map_";
const LIST: &str = "__list_";

/// How line breaks within values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newlines {
    /// As the store writes them.
    Kept,
    /// As `\n`, before the store sees them.
    Escaped,
}

/// Takes the block out of a document whose names have that prefix; none where there is no such name.
pub fn take(root: &mut Vec<Item>, prefix: &str) -> Option<Vec<Item>> {
    let mut block = Vec::new();
    root.retain_mut(|item| {
        let name = item.node().and_then(|node| node.key.text());
        let Some(name) = name.and_then(|name| name.strip_prefix(prefix)) else {
            return true;
        };
        let name = name.to_owned();
        if let Some(node) = item.node_mut() {
            block.push(Item::Node(Node::new(
                Key::Text(name),
                std::mem::replace(&mut node.value, Value::Null),
            )));
        }
        false
    });
    if block.is_empty() {
        return None;
    }
    unfold(block, Newlines::Kept).ok()
}

/// A part of a flat name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Name(String),
    Index(usize),
}

/// What stands below a part of names.
#[derive(Default)]
struct Below {
    value: Option<Value>,
    parts: BTreeMap<Part, Below>,
}

/// The block with its nesting.
///
/// # Errors
/// When names contradict each other.
pub fn unfold(block: Vec<Item>, newlines: Newlines) -> Result<Vec<Item>> {
    let mut top = Below::default();
    for item in block {
        let Item::Node(node) = item else { continue };
        let name = node.key.text().unwrap_or_default().to_owned();
        let mut value = node.value;
        if let (Newlines::Escaped, Some(text)) = (newlines, value.as_str()) {
            value = Value::text(text.replace("\\n", "\n"));
        }
        let mut below = &mut top;
        for part in parts(&name)? {
            below = below.parts.entry(part).or_default();
        }
        if below.value.replace(value).is_some() {
            return Err(malformed(&format!("the sops block has {name} twice")));
        }
    }
    match top.into_value()? {
        Value::Map(items) => Ok(items),
        _ => Err(malformed("the sops block is empty")),
    }
}

impl Below {
    fn into_value(self) -> Result<Value> {
        if let Some(value) = self.value {
            return if self.parts.is_empty() {
                Ok(value)
            } else {
                Err(malformed(
                    "the names of the sops block contradict each other",
                ))
            };
        }
        let is_list = matches!(self.parts.keys().next(), Some(Part::Index(_)))
            || matches!(self.parts.keys().next_back(), Some(Part::Index(_)));
        let mut items = Vec::new();
        for (expected, (part, below)) in self.parts.into_iter().enumerate() {
            let key = match part {
                Part::Name(name) if !is_list => Key::Text(name),
                Part::Index(index) if is_list && index == expected => Key::None,
                _ => return Err(malformed("a list of the sops block is incomplete")),
            };
            items.push(Item::Node(Node::new(key, below.into_value()?)));
        }
        Ok(if is_list {
            Value::List(items)
        } else {
            Value::Map(items)
        })
    }
}

fn parts(name: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = name;
    let mut is_index = false;
    loop {
        let next = [rest.find(MAP), rest.find(LIST)];
        let end = next.into_iter().flatten().min().unwrap_or(rest.len());
        let part = &rest[..end];
        parts.push(if is_index {
            let index = part.parse();
            Part::Index(index.map_err(|_| malformed(&format!("the sops block names {name}")))?)
        } else {
            Part::Name(part.to_owned())
        });
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix(MAP) {
            (rest, is_index) = (after, false);
        } else if let Some(after) = rest.strip_prefix(LIST) {
            (rest, is_index) = (after, true);
        } else {
            return Ok(parts);
        }
    }
}

/// The block without its nesting.
pub fn fold(block: &[Item], prefix: &str, newlines: Newlines) -> Vec<Item> {
    let mut out = Vec::new();
    for node in block.iter().filter_map(Item::node) {
        let name = format!("{prefix}{}", node.key.text().unwrap_or_default());
        fold_value(name, &node.value, newlines, &mut out);
    }
    out
}

fn fold_value(name: String, value: &Value, newlines: Newlines, out: &mut Vec<Item>) {
    match value {
        Value::Map(items) => {
            for node in items.iter().filter_map(Item::node) {
                let inner = format!("{name}{MAP}{}", node.key.text().unwrap_or_default());
                fold_value(inner, &node.value, newlines, out);
            }
        }
        Value::List(items) => {
            for (index, node) in items.iter().filter_map(Item::node).enumerate() {
                fold_value(format!("{name}{LIST}{index}"), &node.value, newlines, out);
            }
        }
        value => {
            let value = match (newlines, value.as_str()) {
                (Newlines::Escaped, Some(text)) => Value::text(text.replace('\n', "\\n")),
                _ => value.clone(),
            };
            out.push(Item::Node(Node::new(Key::Text(name), value)));
        }
    }
}
