//! Which map or list a comment belongs to, by the rules of go-yaml v3: its place is part of its encryption.
//!
//! go-yaml hangs each comment on a neighbour: a *line* comment on the value before it, a *head* comment on the
//! token below it, a *foot* comment on what stands above. A group of lines is a foot where a blank line or an
//! outdent parts it from the next token, see `yaml_parser_scan_comments` of <https://github.com/yaml/go-yaml>.

mod next;
mod place;

pub(super) use next::Next;

use std::ops::Range;

use next::Kind;

use super::read::Reader;
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

/// Lines of comment that go together.
struct Lines {
    items: Vec<Item>,
    start: usize,
    column: usize,
    line_below_prior: bool,
    /// Whether they stand above the next token rather than below what was before.
    is_head: bool,
    /// The first byte of a token that may take them; none: the token before does.
    from: Option<usize>,
}

impl Lines {
    /// A foot that a blank line or the end of braces parts from what follows: one that is outdented is not the
    /// token's before.
    fn below_blank(self, indent: usize, from: Option<usize>) -> Self {
        let from = if self.column < indent {
            Some(self.start)
        } else {
            from
        };
        Self { from, ..self }
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

    fn own_lines(&mut self, run: Vec<(Range<usize>, usize)>, next: &Next) {
        let block = self.stack.iter().rev().find(|open| !open.flow);
        let indent = block.map_or(0, |open| open.column);
        let in_flow = self.stack.last().is_some_and(|open| open.flow);
        let after_colon = self
            .stack
            .last()
            .is_some_and(super::read::Open::awaits_value);
        let mut at = self.prior.end;
        let mut above_blank = self.prior.end == 0 || self.breaks(at, run[0].0.start) <= 1;
        let is_foot =
            |lines: &Lines| (lines.line_below_prior && !after_colon) || lines.column < indent;
        let mut groups: Vec<Lines> = Vec::new();
        let mut group: Option<Lines> = None;
        // Feet belong to the token before, until the first of them is told from what follows it.
        let mut from = None;
        for (range, column) in run {
            let breaks = self.breaks(at, range.start);
            if breaks > 1
                && let Some(lines) = &group
            {
                if above_blank && is_foot(lines) {
                    groups.extend(group.take().map(|lines| lines.below_blank(indent, from)));
                    from = Some(at);
                }
                above_blank = false;
            }
            if let Some(lines) = &group
                && column < indent
                && column != lines.column
            {
                groups.extend(group.take().map(|lines| Lines { from, ..lines }));
                from = Some(at);
            }
            at = range.end;
            let start = range.start;
            let comment = self.comment(range);
            match &mut group {
                Some(lines) => lines.items.push(comment),
                None => {
                    group = Some(Lines {
                        items: vec![comment],
                        start,
                        column,
                        line_below_prior: breaks == 1,
                        is_head: false,
                        from: None,
                    });
                }
            }
        }
        let Some(lines) = group else { return };
        let limit = next.limit.min(self.text.len());
        let blank = self.breaks(at, limit) > 1;
        let column = match next.kind {
            Kind::DocumentEnd | Kind::DocumentStart => 0,
            _ => self.text[..limit].len() - self.text[..limit].rfind('\n').map_or(0, |at| at + 1),
        };
        let outdent = column < indent && column != lines.column;
        groups.push(
            if in_flow && next.kind == Kind::FlowEnd || blank && above_blank && is_foot(&lines) {
                lines.below_blank(indent, from)
            } else if outdent {
                Lines { from, ..lines }
            } else {
                Lines {
                    is_head: true,
                    ..lines
                }
            },
        );
        self.settle(groups, next);
    }

    fn breaks(&self, from: usize, to: usize) -> usize {
        self.text[from.min(to)..to].matches('\n').count()
    }
}
