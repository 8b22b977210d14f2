//! What a file holds, in the order it holds it: values, and the comments between them.
//!
//! The order decides the MAC, the place of a comment decides what it is encrypted under, and the site says
//! where in the source text a value or comment stands, so that a store can replace it there and nothing else.

use super::time::Time;
use crate::secret::Secret;

/// Where something stands in the text it was read from: an index into the store's own table.
pub type Site = usize;

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: neither encrypted nor part of the MAC.
    Null,
    /// Text, or any bytes.
    Str(Secret),
    /// An integer of 64 bits.
    Int(i64),
    /// A number with a fraction, an infinity or no number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A point in time.
    Time(Time),
    /// An ordered map.
    Map(Vec<Item>),
    /// A list.
    List(Vec<Item>),
}

/// What stands in a map or a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line of comment.
    Comment(Comment),
    /// An entry of a map or an element of a list.
    Node(Node),
}

/// A line of comment: what stands behind the `#`.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// The text, which may be a secret.
    pub text: Secret,
    /// Where it was read.
    pub site: Option<Site>,
    /// Whether the text is no longer what was read.
    pub changed: bool,
}

/// A value and its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its name in the map, or none in a list.
    pub key: Key,
    /// What it holds.
    pub value: Value,
    /// Where the value was read.
    pub site: Option<Site>,
    /// Whether the value is no longer what was read.
    pub changed: bool,
}

/// What names a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// An element of a list has no name.
    None,
    /// The name in a map.
    Text(String),
    /// A key that is no text, which sops refuses; for the message: what it looks like.
    Other(String),
}

impl Key {
    /// The name, where it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::None | Self::Other(_) => None,
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Node {
    /// A node that was not read from a file.
    pub fn new(key: Key, value: Value) -> Self {
        Self {
            key,
            value,
            site: None,
            changed: false,
        }
    }
}

impl Item {
    /// The node, where it is not a comment.
    pub fn node(&self) -> Option<&Node> {
        match self {
            Self::Node(node) => Some(node),
            Self::Comment(_) => None,
        }
    }

    /// The node, to be changed.
    pub fn node_mut(&mut self) -> Option<&mut Node> {
        match self {
            Self::Node(node) => Some(node),
            Self::Comment(_) => None,
        }
    }
}

impl Value {
    /// A map of entries that were not read from a file.
    pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Self {
        Self::Map(
            entries
                .into_iter()
                .map(|(key, value)| Item::Node(Node::new(key.into(), value)))
                .collect(),
        )
    }

    /// Text that was not read from a file.
    pub fn text(text: impl Into<Secret>) -> Self {
        Self::Str(text.into())
    }

    /// What the value is called in messages: never the value itself.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Str(_) => "a string",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Bool(_) => "a boolean",
            Self::Time(_) => "a time",
            Self::Map(_) => "a map",
            Self::List(_) => "a list",
        }
    }

    /// What a map or a list holds.
    pub fn items(&self) -> Option<&[Item]> {
        match self {
            Self::Map(items) | Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The string's text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(secret) => secret.text(),
            _ => None,
        }
    }

    /// The entry of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Map(items) => find(items, name).map(|node| &node.value),
            _ => None,
        }
    }
}

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

/// One document after another; each is a map at its root.
pub type Roots = Vec<Vec<Item>>;
