//! What a path leads to, set and taken away.

use super::{Step, missing, position};
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

/// Puts a value at a path into a document; what is missing on the way is made.
///
/// # Errors
/// When a map is entered by number, or a list by name: sops does nothing there or panics.
pub fn set(root: &mut Vec<Item>, path: &[Step], value: Value) -> Result<Set> {
    match path.first() {
        None => Ok(Set::Same),
        Some(step @ Step::Index(_)) => Err(unfit(step)),
        Some(Step::Name(_)) => set_below(root, path, value),
    }
}

/// The same, where the first step is of the kind that the items are.
fn set_below(items: &mut Vec<Item>, path: &[Step], value: Value) -> Result<Set> {
    let Some((step, rest)) = path.split_first() else {
        return Ok(Set::Same);
    };
    let at = position(items, step);
    let Some(node) = at.and_then(|at| items[at].node_mut()) else {
        let key = match step {
            Step::Name(name) => Key::Text(name.clone()),
            Step::Index(_) => Key::None,
        };
        items.push(Item::Node(Node::new(key, nested(rest, value))));
        return Ok(Set::Changed);
    };
    match (&mut node.value, rest.first()) {
        (Value::Map(inner), Some(Step::Name(_))) | (Value::List(inner), Some(Step::Index(_))) => {
            set_below(inner, rest, value)
        }
        (Value::Map(_) | Value::List(_), Some(step)) => Err(unfit(step)),
        (_, next) => {
            let value = if next.is_some() {
                nested(rest, value)
            } else {
                value
            };
            if same(&node.value, &value) {
                return Ok(Set::Same);
            }
            node.value = value;
            node.changed = true;
            Ok(Set::Changed)
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

fn unfit(step: &Step) -> Failure {
    Failure::new(match step {
        Step::Name(name) => format!("a list is entered by number, not by name: [\"{name}\"]"),
        Step::Index(index) => format!("a map is entered by name, not by number: [{index}]"),
    })
    .exit(exit::GENERIC)
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
    let at = position(items, step).ok_or_else(|| missing(step))?;
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
        let mut at_path = |value| set(&mut root, &path, Value::Int(value)).unwrap();
        assert_eq!(at_path(1), Set::Changed);
        assert_eq!(at_path(1), Set::Same);
        assert_eq!(at_path(2), Set::Changed);
        assert!(matches!(get(&root, &path), Ok(Found::Value(Value::Int(2)))));
        unset(&mut root, &path[..2]).unwrap();
        assert!(get(&root, &path).is_err());
        assert!(unset(&mut root, &path).is_err());
    }

    #[test]
    fn maps_are_not_entered_by_number_nor_lists_by_name() {
        let mut root = Vec::new();
        set(
            &mut root,
            &parse("[\"a\"][\"b\"][0]").unwrap(),
            Value::Int(1),
        )
        .unwrap();
        let before = root.clone();
        for path in ["[0]", "[\"a\"][0]", "[\"a\"][1]", "[\"a\"][\"b\"][\"c\"]"] {
            let path = parse(path).unwrap();
            assert!(set(&mut root, &path, Value::Int(2)).is_err(), "{path:?}");
            assert!(unset(&mut root, &path).is_err(), "{path:?}");
            assert!(get(&root, &path).is_err(), "{path:?}");
        }
        assert_eq!(root, before);
    }
}
