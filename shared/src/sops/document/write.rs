//! The way back to bytes.

use zeroize::Zeroizing;

use super::{Document, Layout};
use crate::failure::{Failure, Result};
use crate::sops::format::Format;
use crate::sops::metadata::Metadata;
use crate::sops::tree::{Item, Node, Roots, Value};
use crate::sops::{binary, dotenv, exit, flat, ini, json, yaml};

impl Document {
    /// The file without a `sops` block.
    ///
    /// # Errors
    /// When the format cannot hold what the file holds.
    pub fn write_plain(&self, format: Format, layout: &Layout) -> Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(match format {
            Format::Yaml => match &self.source {
                Some(source) => yaml::splice_alone(source, &self.roots).into_bytes(),
                None => yaml::emit(&self.roots, layout.yaml).into_bytes(),
            },
            Format::Json => json::write(self.first()?, layout.json)?,
            Format::Dotenv => dotenv::write(self.first()?)?,
            Format::Ini => ini::write(self.first()?)?,
            Format::Binary => binary::unwrap(self.first()?)?,
        }))
    }

    /// The file with a `sops` block.
    ///
    /// # Errors
    /// When the format cannot hold what the file holds, or a name of it is reserved for the block; and when the
    /// text could not be read again.
    pub fn write_encrypted(
        &self,
        metadata: &Metadata,
        format: Format,
        layout: &Layout,
    ) -> Result<Vec<u8>> {
        let reserved = |prefix: &str, root: &[Item]| {
            root.iter().filter_map(Item::node).any(|node| match prefix {
                "sops_" => node.key.text().is_some_and(|name| name.starts_with(prefix)),
                _ => node.key.text() == Some(prefix),
            })
        };
        let name = if format == Format::Dotenv {
            "sops_"
        } else {
            "sops"
        };
        if self.roots.iter().any(|root| reserved(name, root)) {
            return Err(
                Failure::new(format!("the name {name} is reserved for what sops adds"))
                    .exit(exit::DUMP),
            );
        }
        let text = self.with_block(metadata, format, layout)?;
        self.prove(&text, format)?;
        Ok(text)
    }

    fn with_block(&self, metadata: &Metadata, format: Format, layout: &Layout) -> Result<Vec<u8>> {
        match format {
            Format::Yaml => {
                if let (Some(source), Some(kept)) = (&self.source, &self.kept)
                    && source.takes_lines()
                {
                    return Ok(yaml::splice_and_append(source, &self.roots, kept).into_bytes());
                }
                let roots = self.with_blocks(&metadata.block);
                Ok(match &self.source {
                    Some(source) => yaml::splice(source, &roots).into_bytes(),
                    None => yaml::emit(&roots, layout.yaml).into_bytes(),
                })
            }
            Format::Dotenv => {
                let mut root = self.first()?.to_vec();
                root.extend(flat::fold(&metadata.block, "sops_", flat::Newlines::Kept));
                dotenv::write(&root)
            }
            Format::Ini => {
                let mut root = self.first()?.to_vec();
                let block = flat::fold(&metadata.block, "", flat::Newlines::Escaped);
                root.push(Item::Node(Node::new("sops".into(), Value::Map(block))));
                ini::write(&root)
            }
            Format::Json | Format::Binary => {
                let indent = match format {
                    Format::Binary => layout.binary,
                    _ => layout.json,
                };
                json::write(&self.with_blocks(&metadata.block)[0], indent)
            }
        }
    }

    /// Takes the `sops` block over as the file before has it, with what changes in it and nothing else.
    /// Call it when the block says all that it will say.
    pub fn keep_block_of(&mut self, before: &Self, metadata: &Metadata) {
        let Some(source) = &before.source else { return };
        let roots = before.with_blocks(&metadata.block);
        self.kept = yaml::entry_text(&yaml::splice(source, &roots), "sops");
    }

    /// The documents with the block in each: where it stood before, or at the end.
    fn with_blocks(&self, block: &[Item]) -> Roots {
        let mut roots = self.roots.clone();
        for (index, root) in roots.iter_mut().enumerate() {
            let mut node = Node::new("sops".into(), Value::Map(block.to_vec()));
            if let Some(Some(before)) = self.blocks.get(index) {
                node.site = before.site;
                // The blocks of further documents repeat the first one.
                if index > 0 {
                    node.changed = node.value != before.value;
                    node.value = without_sites(node.value);
                    if !node.changed {
                        node.value = before.value.clone();
                    }
                }
            }
            root.push(Item::Node(node));
        }
        roots
    }

    fn first(&self) -> Result<&[Item]> {
        self.roots
            .first()
            .map(Vec::as_slice)
            .ok_or_else(|| Failure::new("the file holds no document").exit(exit::DUMP))
    }
}

fn without_sites(value: Value) -> Value {
    let strip = |items: Vec<Item>| {
        items
            .into_iter()
            .map(|item| match item {
                Item::Node(mut node) => {
                    node.site = None;
                    node.value = without_sites(node.value);
                    Item::Node(node)
                }
                Item::Comment(mut comment) => {
                    comment.site = None;
                    Item::Comment(comment)
                }
            })
            .collect()
    };
    match value {
        Value::Map(items) => Value::Map(strip(items)),
        Value::List(items) => Value::List(strip(items)),
        other => other,
    }
}
