//! The field `age` of a rule or key group: a list of recipients, or a text that parts them by commas.

use crate::sops::block::nodes;
use crate::sops::tree::{Item, Node, Value};

/// The field, to be changed in the form in which it stands.
pub(super) struct Recipients<'a>(&'a mut Node);

impl<'a> Recipients<'a> {
    /// The field's.
    pub(super) fn of(field: &'a mut Node) -> Self {
        Self(field)
    }

    /// A field with one recipient, where a rule has none.
    pub(super) fn field(recipient: &str) -> Item {
        Item::Node(Node::new("age".into(), Value::text(recipient)))
    }

    /// The recipients, in their order.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.0.value {
            Value::List(items) => items.iter().flat_map(names_of).collect(),
            value => split(value.as_str().unwrap_or_default()),
        }
    }

    /// Adds one behind the last.
    pub(super) fn push(&mut self, new: &str) {
        match &mut self.0.value {
            Value::List(items) => items.push(element(new)),
            _ => {
                let mut names = self.names();
                names.push(new.to_owned());
                self.set_text(&names);
            }
        }
    }

    /// Adds one behind a known one; where that is not among them, nothing.
    pub(super) fn insert_behind(&mut self, known: &str, new: &str) {
        let is_known = |names: &[String]| names.iter().any(|name| name == known);
        match &mut self.0.value {
            Value::List(items) => {
                if let Some(at) = items.iter().position(|item| is_known(&names_of(item))) {
                    items.insert(at + 1, element(new));
                }
            }
            _ => {
                let mut names = self.names();
                if let Some(at) = names.iter().position(|name| name == known) {
                    names.insert(at + 1, new.to_owned());
                    self.set_text(&names);
                }
            }
        }
    }

    /// Takes one out, wherever it stands.
    pub(super) fn remove(&mut self, gone: &str) {
        match &mut self.0.value {
            Value::List(items) => {
                items.retain(|item| {
                    let names = names_of(item);
                    names.is_empty() || names.iter().any(|name| name != gone)
                });
                // An element may name several, too.
                for node in items.iter_mut().filter_map(Item::node_mut) {
                    Recipients(node).remove(gone);
                }
            }
            _ => {
                let mut names = self.names();
                let count = names.len();
                names.retain(|name| name != gone);
                if names.len() < count {
                    self.set_text(&names);
                }
            }
        }
    }

    fn set_text(&mut self, names: &[String]) {
        self.0.value = Value::text(names.join(","));
        self.0.changed = true;
    }
}

fn names_of(item: &Item) -> Vec<String> {
    let text = item.node().and_then(|node| node.value.as_str());
    split(text.unwrap_or_default())
}

fn split(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn element(recipient: &str) -> Item {
    let mut made = nodes(vec![Value::text(recipient)]);
    made.remove(0)
}
