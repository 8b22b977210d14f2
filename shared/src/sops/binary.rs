//! The binary store: any bytes, under the one name `data`.

use super::exit;
use super::tree::{self, Item, Node, Roots, Value};
use crate::failure::{Failure, Result};

/// The bytes as a document.
pub fn wrap(bytes: &[u8]) -> Roots {
    vec![vec![Item::Node(Node::new(
        "data".into(),
        Value::text(bytes),
    ))]]
}

/// The bytes of a document.
///
/// # Errors
/// When the document is none that [`wrap`] makes.
pub fn unwrap(root: &[Item]) -> Result<Vec<u8>> {
    match tree::find(root, "data").map(|node| &node.value) {
        Some(Value::Str(bytes)) => Ok(bytes.bytes().to_vec()),
        _ => Err(Failure::new("the file holds no binary data")
            .hint("choose the format that it was encrypted in: --output-type yaml|json|dotenv|ini")
            .exit(exit::DUMP)),
    }
}
