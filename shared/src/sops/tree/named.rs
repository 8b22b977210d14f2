//! Entries found by their names.

use super::{Item, Key, Node, Value};

/// The first entry of that name.
pub fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Node> {
    items
        .iter()
        .filter_map(Item::node)
        .find(|node| node.key.text() == Some(name))
}

/// The first entry of that name, to be changed.
pub fn find_mut<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Node> {
    items
        .iter_mut()
        .filter_map(Item::node_mut)
        .find(|node| node.key.text() == Some(name))
}

/// Puts a value at the end of the list of that name, which is made where there is none; what else stands there is
/// replaced by the list.
pub fn push(items: &mut Vec<Item>, name: &'static str, value: Value) {
    let element = Item::Node(Node::new(Key::None, value));
    match find_mut(items, name) {
        Some(Node {
            value: Value::List(known),
            ..
        }) => known.push(element),
        Some(node) => {
            node.value = Value::List(vec![element]);
            node.changed = true;
        }
        None => items.push(Item::Node(Node::new(
            name.into(),
            Value::List(vec![element]),
        ))),
    }
}
