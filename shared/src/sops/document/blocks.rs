//! Which documents of a file have a `sops` block, and whether all of them have the same one.

use super::Document;
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::format::Format;
use crate::sops::tree::{Item, Node, Value};

impl Document {
    /// Whether it has a `sops` block, well-formed or not.
    pub fn has_block(&self) -> bool {
        self.has_block_of(self.format)
    }

    /// Whether it has what would be a `sops` block in that format.
    pub fn has_block_of(&self, format: Format) -> bool {
        let first = self.roots.first();
        first.is_some_and(|root| holds_block(root, format))
    }

    /// Whether any of its documents has one: Flux looks at each alone, sops at the first.
    pub fn has_block_anywhere(&self) -> bool {
        let mut roots = self.roots.iter();
        roots.any(|root| holds_block(root, self.format))
    }

    /// Holds the blocks of further documents against the first one, which sops writes to all of them.
    ///
    /// # Errors
    /// When a document was encrypted apart from the first: its data key is only in its own block, and would be lost
    /// with it.
    pub fn refuse_joined(&self) -> Result<()> {
        let mac = |block: &Node| {
            let mac = block.value.get("mac").and_then(Value::as_str);
            mac.map(str::to_owned)
        };
        let first = self.blocks.first().and_then(Option::as_ref).and_then(mac);
        let rest = self.blocks.iter().enumerate().skip(1);
        let mut others = rest.filter_map(|(index, block)| Some((index, mac(block.as_ref()?)?)));
        match others.find(|(_, other)| Some(other) != first.as_ref()) {
            None => Ok(()),
            Some((index, _)) => Err(Failure::new(format!(
                "its document {} was encrypted apart from the first: it has a data key of its own",
                index + 1
            ))
            .hint("part the file: each document that was encrypted alone into a file of its own")
            .exit(exit::GENERIC)),
        }
    }
}

fn holds_block(root: &[Item], format: Format) -> bool {
    let is_block = |node: &Node| match format {
        Format::Dotenv => {
            let name = node.key.text();
            name.is_some_and(|name| name.starts_with("sops_"))
        }
        _ => node.key.text() == Some("sops"),
    };
    root.iter().filter_map(Item::node).any(is_block)
}
