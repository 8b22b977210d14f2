//! A file as a whole: its documents, the `sops` block beside them, and the way back to bytes.

use zeroize::Zeroizing;

use super::exit;
use super::format::Format;
use super::json::Indent;
use super::metadata::{Metadata, malformed};
use super::tree::{Item, Key, Node, Roots, Value};
use super::{binary, dotenv, flat, ini, json, yaml};
use crate::failure::{Failure, Result};

/// How files are laid out, as `stores` of `.sops.yaml` and `--indent` say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Spaces for a level of YAML that is written from nothing.
    pub yaml: usize,
    /// A level of JSON.
    pub json: Indent,
    /// A level of the envelope of binary files.
    pub binary: Indent,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            yaml: 4,
            json: Indent::Tab,
            binary: Indent::Tab,
        }
    }
}

/// What a file holds.
pub struct Document {
    /// The format it was read in.
    pub format: Format,
    /// Its documents, without the `sops` block.
    pub roots: Roots,
    source: Option<yaml::Source>,
    /// The `sops` entry of each document.
    blocks: Vec<Option<Node>>,
    /// The text of the `sops` entry of the file that this one comes from.
    kept: Option<String>,
}

impl Document {
    /// A document that was not read from a file.
    pub fn of(roots: Roots) -> Self {
        Self {
            format: Format::Yaml,
            roots,
            source: None,
            blocks: Vec::new(),
            kept: None,
        }
    }

    /// Reads a file that is not encrypted.
    ///
    /// # Errors
    /// When the bytes are not of that format.
    pub fn read_plain(bytes: &[u8], format: Format) -> Result<Self> {
        let (roots, source) = match format {
            Format::Yaml => {
                let text = std::str::from_utf8(bytes)
                    .map_err(|_| Failure::new("the YAML is no UTF-8").exit(exit::READ))?;
                let (roots, source) = yaml::read(text)?;
                (roots, Some(source))
            }
            Format::Json => (json::read(bytes)?, None),
            Format::Dotenv => (dotenv::read(bytes)?, None),
            Format::Ini => (ini::read(bytes)?, None),
            Format::Binary => (binary::wrap(bytes), None),
        };
        Ok(Self {
            format,
            roots,
            source,
            blocks: Vec::new(),
            kept: None,
        })
    }

    /// Reads an encrypted file and its `sops` block.
    ///
    /// # Errors
    /// When the bytes are not of that format, or the block is missing or malformed.
    pub fn read_encrypted(bytes: &[u8], format: Format) -> Result<(Self, Metadata)> {
        let as_written = match format {
            Format::Binary => Format::Json,
            format => format,
        };
        let mut document =
            Self::read_plain(bytes, as_written).map_err(|failure| failure.exit(exit::GENERIC))?;
        document.format = format;
        let block = document.take_block()?;
        Ok((document, Metadata::read(block)?))
    }

    /// Whether the bytes are an encrypted file.
    ///
    /// # Errors
    /// When they are not of that format, or the `sops` block is malformed.
    pub fn is_encrypted(bytes: &[u8], format: Format) -> Result<bool> {
        let as_written = match format {
            Format::Binary => Format::Json,
            format => format,
        };
        let document =
            Self::read_plain(bytes, as_written).map_err(|failure| failure.exit(exit::GENERIC))?;
        if !document.has_block() {
            return Ok(false);
        }
        let (_, metadata) = Self::read_encrypted(bytes, format)?;
        Ok(!metadata.version.is_empty() && !metadata.mac.is_empty())
    }

    /// The line that the entry of a site starts on, from 1, where the format tells one.
    pub fn line(&self, site: super::tree::Site) -> Option<u64> {
        let source = self.source.as_ref()?;
        let before = &source.text[..source.sites.get(site)?.entry];
        Some(before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1)
    }

    /// Whether it has a `sops` block, well-formed or not.
    pub fn has_block(&self) -> bool {
        self.has_block_of(self.format)
    }

    /// Whether it has what would be a `sops` block in that format.
    pub fn has_block_of(&self, format: Format) -> bool {
        let is_block = |node: &Node| match format {
            Format::Dotenv => node
                .key
                .text()
                .is_some_and(|name| name.starts_with("sops_")),
            _ => node.key.text() == Some("sops"),
        };
        self.roots
            .first()
            .is_some_and(|root| root.iter().filter_map(Item::node).any(is_block))
    }

    fn take_block(&mut self) -> Result<Vec<Item>> {
        let missing = || {
            malformed("the file is not encrypted: it has no sops block").hint("encrypt it first")
        };
        if self.format == Format::Dotenv {
            let root = self.roots.first_mut().ok_or_else(missing)?;
            return flat::take(root, "sops_").ok_or_else(missing);
        }
        let mut blocks = Vec::new();
        for (index, root) in self.roots.iter_mut().enumerate() {
            let mut taken = take_all(root, "sops");
            if index == 0 && taken.len() > 1 {
                return Err(malformed("the file has two sops blocks"));
            }
            blocks.push(taken.pop());
        }
        let first = blocks
            .first()
            .and_then(Option::as_ref)
            .ok_or_else(missing)?;
        let Value::Map(block) = first.value.clone() else {
            return Err(malformed(&format!(
                "the sops block is {}, not a map",
                first.value.kind()
            )));
        };
        self.blocks = blocks;
        if self.format == Format::Ini {
            return flat::unfold(block, flat::Newlines::Escaped);
        }
        Ok(block)
    }

    /// The file without a `sops` block.
    ///
    /// # Errors
    /// When the format cannot hold what the file holds.
    pub fn write_plain(&self, format: Format, layout: &Layout) -> Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(match format {
            Format::Yaml => match &self.source {
                Some(source) => yaml::splice(source, &self.roots).into_bytes(),
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
    /// When the format cannot hold what the file holds, or a name of it is reserved for the block.
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

/// Takes all entries of that name out of a map.
fn take_all(items: &mut Vec<Item>, name: &str) -> Vec<Node> {
    let mut taken = Vec::new();
    items.retain_mut(|item| match item {
        Item::Node(node) if node.key == Key::from(name) => {
            taken.push(node.clone());
            false
        }
        _ => true,
    });
    taken
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
