//! Reads maps and lists.

use std::collections::HashSet;
use std::ops::Range;

use granit_parser::{Span, StructureStyle};

use super::{Reader, bytes, malformed, start_of};
use crate::failure::Result;
use crate::sops::tree::{Item, Key, Value};
use crate::sops::yaml::site::Shape;

/// A map or list whose end was not read yet.
pub(in crate::sops::yaml) struct Open {
    pub(in crate::sops::yaml) items: Vec<Item>,
    pub(in crate::sops::yaml) is_map: bool,
    pub(in crate::sops::yaml) flow: bool,
    /// The column of its keys or dashes.
    pub(in crate::sops::yaml) column: usize,
    /// The key whose value is next.
    pub(in crate::sops::yaml) key: Option<(Key, Range<usize>)>,
    /// Whether this collection is itself a key.
    pub(in crate::sops::yaml) is_key: bool,
    /// Comments that follow the entry which is being read.
    pub(in crate::sops::yaml) after: Vec<Item>,
    pub(in crate::sops::yaml) site: usize,
    pub(in crate::sops::yaml) anchor: usize,
    pub(in crate::sops::yaml) names: HashSet<String>,
}

impl Open {
    pub(in crate::sops::yaml) fn awaits_value(&self) -> bool {
        self.key.is_some()
    }
}

impl Reader<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one event")]
    pub(super) fn open(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        id: usize,
        tagged: bool,
        span: &Span,
        anchor: Option<Range<usize>>,
        entry: Option<usize>,
    ) {
        let range = bytes(span);
        let outer = if tagged || anchor.is_some() {
            start_of(span, anchor.as_ref())
        } else {
            range.start
        };
        let flow = style == StructureStyle::Flow;
        let start = match is_map {
            false if !flow => self.dash(range.start).unwrap_or(range.start),
            _ => range.start,
        };
        let column = self.column(start);
        let shape = if flow {
            Shape::Flow
        } else {
            Shape::Rows(column)
        };
        let is_key = self
            .stack
            .last()
            .is_some_and(|open| open.is_map && open.key.is_none());
        let site = self.site(start..range.end, entry, shape);
        self.sites[site].outer.start = outer.min(start);
        self.sites[site].anchor = anchor;
        if flow {
            self.prior.set(range.end);
        }
        // What stands before a list stands before its first element.
        if is_map || flow {
            self.heads = 0;
        }
        self.stack.push(Open {
            items: self.pending.take(),
            is_map,
            flow,
            column,
            key: None,
            is_key,
            after: Vec::new(),
            site,
            anchor: id,
            names: HashSet::new(),
        });
    }

    pub(super) fn column(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..at]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
    }

    pub(super) fn close(&mut self, span: &Span) -> Result<()> {
        let Some(mut open) = self.stack.pop() else {
            return Ok(());
        };
        open.items.append(&mut open.after);
        if open.flow {
            self.prior.set(bytes(span).end);
        }
        let end = self.prior.end;
        self.sites[open.site].span.end = end;
        self.sites[open.site].outer.end = end;
        self.sites[open.site].inside = sites_of(&open.items);
        let value = if open.is_map {
            Value::Map(open.items)
        } else {
            Value::List(open.items)
        };
        if open.is_key {
            let (kind, line) = (value.kind(), span.start.line());
            return Err(malformed(&format!("a key is {kind}, line {line}"))
                .hint("sops takes string keys only: write it in quotes"));
        }
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, (value.clone(), open.site));
        }
        self.add(value, open.site);
        Ok(())
    }
}

/// The sites of what a collection holds.
fn sites_of(items: &[Item]) -> Vec<usize> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Comment(comment) => comment.site,
            Item::Node(node) => node.site,
        })
        .collect()
}
