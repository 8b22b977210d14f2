//! Which map or list a comment belongs to, by the rules of go-yaml v3: its place is part of its encryption.
//!
//! go-yaml hangs each comment on a neighbour: a *line* comment on the value before it, a *head* comment on the
//! token below it, a *foot* comment on what stands above. A group of lines is a foot where a blank line or an
//! outdent parts it from the next token, see `yaml_parser_scan_comments` of <https://github.com/yaml/go-yaml>.

mod lines;
mod next;
mod place;

pub(super) use next::Next;

use std::ops::Range;

use super::Reader;
use crate::sops::tree::{Item, Value};

/// Comments for a collection that does not start yet, and the root that was read.
#[derive(Default)]
pub(super) struct Pending {
    inside: Vec<Item>,
    pub(super) root: Option<(Value, usize)>,
}

impl Pending {
    pub(super) fn take(&mut self) -> Vec<Item> {
        std::mem::take(&mut self.inside)
    }
}

/// The token before.
#[derive(Default)]
pub(super) struct Prior {
    /// Where it ends.
    pub(super) end: usize,
    dash: bool,
    /// Whether the element of that dash is nothing.
    nothing: bool,
}

impl Prior {
    pub(super) fn set(&mut self, end: usize) {
        *self = Self {
            end,
            ..Self::default()
        };
    }

    /// Goes on behind an element that is nothing: its dash is still the token before.
    pub(super) fn blank(&mut self, end: usize) {
        self.end = end;
        self.nothing = self.dash;
    }

    pub(super) fn dash(&mut self, at: usize) {
        *self = Self {
            end: at + 1,
            dash: true,
            nothing: false,
        };
    }
}

impl Reader<'_> {
    /// Puts the comments before the next token where they belong.
    pub(super) fn take_comments(&mut self, next: &Next) {
        self.hand_over(next);
        let mut run = Vec::new();
        while let Some((range, column)) = self.comments.get(self.next_comment).cloned() {
            if range.start >= next.limit {
                break;
            }
            self.next_comment += 1;
            // A dash has no line comment: it is the head of what comes.
            if self.is_inline(&range) && !self.prior.dash {
                self.line_comment(range);
            } else {
                run.push((range, column));
            }
        }
        if !run.is_empty() {
            self.own_lines(run, next);
            self.hand_over(next);
        }
    }

    /// Whether a token stands on the comment's line, before it.
    fn is_inline(&self, range: &Range<usize>) -> bool {
        let from = self.prior.end.min(range.start);
        self.prior.end > 0 && !self.text[from..range.start].contains('\n')
    }

    fn line_comment(&mut self, range: Range<usize>) {
        let comment = self.comment(range);
        let Some(open) = self.stack.last_mut() else {
            self.pending.inside.push(comment);
            return;
        };
        if open.awaits_value() {
            open.items.push(comment);
            return;
        }
        let is_map = open.is_map;
        let last = open
            .items
            .iter_mut()
            .rposition(|item| item.node().is_some());
        match last.map(|at| (at, &mut open.items[at])) {
            Some((_, Item::Node(node)))
                if is_map && matches!(node.value, Value::Map(_) | Value::List(_)) =>
            {
                if let Value::Map(items) | Value::List(items) = &mut node.value {
                    items.insert(0, comment);
                }
            }
            Some((at, _)) => open.items.insert(at, comment),
            None => open.items.push(comment),
        }
    }

    fn breaks(&self, from: usize, to: usize) -> usize {
        self.text[from.min(to)..to].matches('\n').count()
    }
}
