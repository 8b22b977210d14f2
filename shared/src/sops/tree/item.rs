//! What stands in a map or a list: entries, elements, and the comments between them.

use super::{Site, Value};
use crate::secret::Secret;

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
