//! Merge keys, `<<: *common`: what a map takes from others, as go-yaml takes it.
//!
//! Files keep them as they are (there `<<` is a part of a value's path); a configuration is read by its fields.

use crate::failure::Failure;
use crate::sops::tree::{Item, Node, Value, find};

/// The name of the field that holds the others.
pub(super) const KEY: &str = "<<";

/// The value with all that its maps take from others: their own fields first, then those of the first that has one.
pub(super) fn resolved(value: Value) -> Value {
    match value {
        Value::Map(items) => Value::Map(map(items)),
        Value::List(items) => Value::List(items.into_iter().map(below).collect()),
        other => other,
    }
}

/// Why the recipients of a rule are not changed.
pub(super) fn refused() -> Failure {
    Failure::new("a creation rule takes its recipients from elsewhere, by <<")
        .hint("name them in the rule itself, in a field age beside the <<")
}

fn map(items: Vec<Item>) -> Vec<Item> {
    let is_merge = |item: &Item| item.node().is_some_and(|node| node.key.text() == Some(KEY));
    let (merges, own): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_merge);
    let mut out: Vec<Item> = own.into_iter().map(below).collect();
    for node in merges.iter().filter_map(Item::node) {
        match &node.value {
            Value::List(maps) => maps
                .iter()
                .filter_map(Item::node)
                .for_each(|map| take(&mut out, &map.value)),
            map => take(&mut out, map),
        }
    }
    out
}

/// Adds the fields of another map that are not there yet.
fn take(out: &mut Vec<Item>, from: &Value) {
    let Value::Map(items) = resolved(from.clone()) else {
        return;
    };
    for item in items {
        let name = item.node().and_then(|node| node.key.text());
        if name.is_some_and(|name| find(out, name).is_none()) {
            out.push(item);
        }
    }
}

fn below(item: Item) -> Item {
    match item {
        Item::Node(node) => Item::Node(Node {
            value: resolved(node.value),
            ..node
        }),
        comment @ Item::Comment(_) => comment,
    }
}
