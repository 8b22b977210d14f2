//! Reads aliases: what they stand for is put in their place.

use granit_parser::Span;

use super::{Reader, bytes, malformed};
use crate::failure::Result;
use crate::sops::tree::{Item, Value};
use crate::sops::yaml::site::Shape;

/// How many nodes aliases may unfold to, beyond ten for each byte of the text.
const UNFOLDED: usize = 10_000;

impl Reader<'_> {
    pub(super) fn alias(&mut self, id: usize, span: &Span, entry: Option<usize>) -> Result<()> {
        let range = bytes(span);
        let Some((value, target)) = self.anchors.get(&id).cloned() else {
            return Err(malformed(&format!(
                "the value of an anchor contains itself, line {}",
                span.start.line()
            )));
        };
        self.heads = 0;
        self.prior.set(range.end);
        if let Some(open) = self.stack.last_mut()
            && open.is_map
            && open.key.is_none()
        {
            // The key would change with what it stands for.
            return Err(malformed(&format!(
                "an alias stands for a key, line {}",
                span.start.line()
            ))
            .hint("write the key itself"));
        }
        let value = unread(value, &mut self.unfolded);
        if self.unfolded > UNFOLDED + 10 * self.text.len() {
            return Err(malformed("the aliases unfold to too much"));
        }
        let site = self.site(range, entry, Shape::Alias(target));
        self.add(value, site);
        Ok(())
    }
}

/// The value as an alias of it stands in the tree: with no sites of its own.
fn unread(mut value: Value, count: &mut usize) -> Value {
    *count += 1;
    if let Value::Map(items) | Value::List(items) = &mut value {
        for item in items {
            match item {
                Item::Comment(comment) => comment.site = None,
                Item::Node(node) => {
                    node.site = None;
                    node.value = unread(std::mem::replace(&mut node.value, Value::Null), count);
                }
            }
        }
    }
    value
}
