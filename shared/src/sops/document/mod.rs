//! A file as a whole: its documents, and the `sops` block beside them.

mod blocks;
mod layout;
mod proof;
mod write;

pub use layout::Layout;

use super::block::malformed;
use super::exit;
use super::format::Format;
use super::metadata::Metadata;
use super::tree::{Item, Key, Node, Roots, Value};
use super::{binary, dotenv, flat, ini, json, yaml};
use crate::failure::Result;

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
                let (roots, source) = yaml::read(&yaml::decode(bytes)?)?;
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
        self.source.as_ref()?.line(site)
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
