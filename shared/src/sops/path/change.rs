//! What a path leads to, set and taken away.

use super::{Step, missing};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Item, Key, Node, Value};

/// Whether a value was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// It was.
    Same,
    /// It was not.
    Changed,
}

/// Puts a value at a path; what is missing on the way is made.
pub fn set(items: &mut Vec<Item>, path: &[Step], value: Value) -> Set {
    let Some((step, rest)) = path.split_first() else {
        return Set::Same;
    };
    let node = match step {
        Step::Name(name) => items
            .iter_mut()
            .filter_map(Item::node_mut)
            .find(|node| node.key.text() == Some(name)),
        Step::Index(index) => items.iter_mut().filter_map(Item::node_mut).nth(*index),
    };
    let Some(node) = node else {
        let key = match step {
            Step::Name(name) => Key::Text(name.clone()),
            Step::Index(_) => Key::None,
        };
        items.push(Item::Node(Node::new(key, nested(rest, value))));
        return Set::Changed;
    };
    match (&mut node.value, rest.first()) {
        (Value::Map(inner), Some(Step::Name(_))) | (Value::List(inner), Some(Step::Index(_))) => {
            set(inner, rest, value)
        }
        (_, next) => {
            let value = if next.is_some() {
                nested(rest, value)
            } else {
                value
            };
            if same(&node.value, &value) {
                return Set::Same;
            }
            node.value = value;
            node.changed = true;
            Set::Changed
        }
    }
}

/// The maps and lists that a path leads through, with a value at its end.
fn nested(path: &[Step], value: Value) -> Value {
    path.iter().rev().fold(value, |value, step| match step {
        Step::Name(name) => Value::Map(vec![Item::Node(Node::new(name.as_str().into(), value))]),
        Step::Index(_) => Value::List(vec![Item::Node(Node::new(Key::None, value))]),
    })
}

/// Whether two values are equal, wherever they were read.
fn same(one: &Value, other: &Value) -> bool {
    match (one.items(), other.items()) {
        (Some(one), Some(other)) => {
            let nodes = |items: &'_ [Item]| -> Vec<Node> {
                items.iter().filter_map(Item::node).cloned().collect()
            };
            let (one, other) = (nodes(one), nodes(other));
            one.len() == other.len()
                && one
                    .iter()
                    .zip(&other)
                    .all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        _ => one == other,
    }
}

/// Removes what a path leads to.
///
/// # Errors
/// When there is no such entry or element.
pub fn unset(items: &mut Vec<Item>, path: &[Step]) -> Result<()> {
    let Some((step, rest)) = path.split_first() else {
        return Err(Failure::new("the path is empty").exit(exit::SET_FORMAT));
    };
    let at = match step {
        Step::Name(name) => items.iter().position(|item| {
            item.node()
                .is_some_and(|node| node.key.text() == Some(name))
        }),
        Step::Index(index) => items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.node().is_some())
            .map(|(at, _)| at)
            .nth(*index),
    };
    let at = at.ok_or_else(|| missing(step))?;
    if rest.is_empty() {
        items.remove(at);
        return Ok(());
    }
    match items[at].node_mut().map(|node| &mut node.value) {
        Some(Value::Map(inner) | Value::List(inner)) => unset(inner, rest),
        _ => Err(missing(&rest[0])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sops::path::{Found, get, parse};

    #[test]
    fn what_is_set_is_found_and_can_be_unset() {
        let mut root = Vec::new();
        let path = parse("[\"a\"][\"b\"][0]").unwrap();
        assert_eq!(set(&mut root, &path, Value::Int(1)), Set::Changed);
        assert_eq!(set(&mut root, &path, Value::Int(1)), Set::Same);
        assert_eq!(set(&mut root, &path, Value::Int(2)), Set::Changed);
        assert!(matches!(get(&root, &path), Ok(Found::Value(Value::Int(2)))));
        unset(&mut root, &path[..2]).unwrap();
        assert!(get(&root, &path).is_err());
        assert!(unset(&mut root, &path).is_err());
    }
}
