//! Begins and ends documents, and ends the text.

use granit_parser::Span;

use super::{Reader, bytes, malformed};
use crate::failure::Result;
use crate::sops::tree::{Item, Key, Node, Roots, Value};
use crate::sops::yaml::read::comments::Next;
use crate::sops::yaml::site::{Document, Source};

impl Reader<'_> {
    pub(super) fn begin_document(&mut self, explicit: bool, span: &Span) -> Result<()> {
        if !explicit && !self.documents.is_empty() {
            let line = span.start.line();
            return Err(malformed(&format!(
                "a document must start with ---, line {line}"
            )));
        }
        if let Some(document) = self.documents.last_mut()
            && document.end == usize::MAX
        {
            document.end = bytes(span).start;
        }
        self.prior.set(bytes(span).end);
        Ok(())
    }

    pub(super) fn end_document(&mut self, span: &Span) {
        let range = bytes(span);
        let (value, site) = match self.pending.root.take() {
            Some((value, site)) => (value, Some(site)),
            None => (Value::Null, None),
        };
        self.documents.push(Document {
            root: site,
            end: if range.is_empty() {
                usize::MAX
            } else {
                range.start
            },
        });
        if !range.is_empty() {
            self.prior.set(range.end);
        }
        let mut items = match value {
            Value::Map(items) => items,
            // What is no map is told at the end, once the text is known to be YAML.
            Value::Null => Vec::new(),
            other => vec![Item::Node(Node::new(Key::None, other))],
        };
        items.extend(self.pending.take());
        self.roots.push(items);
    }

    pub(super) fn finish(mut self) -> Result<(Roots, Source)> {
        self.take_comments(&Next::document_end(0, usize::MAX));
        let left = self.pending.take();
        if let Some(root) = self.roots.last_mut() {
            root.extend(left);
        }
        self.refuse_carriage_returns()?;
        self.refuse_tabs()?;
        self.refuse_byte_order_marks()?;
        for root in &self.roots {
            if let Some(node) = root.iter().find_map(Item::node)
                && node.key == Key::None
            {
                return Err(malformed(&format!(
                    "the root of a document must be a map, not {}",
                    node.value.kind()
                )));
            }
        }
        for document in &mut self.documents {
            document.end = document.end.min(self.text.len());
        }
        Ok((
            self.roots,
            Source {
                text: self.text.to_owned(),
                sites: self.sites,
                documents: self.documents,
            },
        ))
    }
}
