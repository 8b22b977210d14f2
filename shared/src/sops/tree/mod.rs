//! What a file holds, in the order it holds it: values, and the comments between them.
//!
//! The order decides the MAC, the place of a comment decides what it is encrypted under, and the site says
//! where in the source text a value or comment stands, so that a store can replace it there and nothing else.

mod item;
mod named;

pub use item::{Comment, Item, Key, Node};
pub use named::{find, find_mut, push};

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

/// One document after another; each is a map at its root.
pub type Roots = Vec<Vec<Item>>;
