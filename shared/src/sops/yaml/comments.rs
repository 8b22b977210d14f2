//! Which map or list a comment belongs to, by the rules of go-yaml v3: its place is part of its encryption.
//!
//! go-yaml hangs each comment on a neighbour: a *line* comment on the value before it, a *head* comment on the
//! token below it, a *foot* comment on what stands above. A group of lines is a foot where a blank line or an
//! outdent parts it from the next token, see `yaml_parser_scan_comments` of <https://github.com/yaml/go-yaml>.

use std::ops::Range;

use granit_parser::{Event, Span, StructureStyle};

use super::read::{Reader, bytes};
use crate::sops::tree::{Item, Value};

/// What follows comments.
pub(super) struct Next {
    /// Comments before this byte are before it.
    limit: usize,
    /// How many open blocks end before it.
    closes: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A key, or an element of the list that is then open.
    Sibling,
    /// The first key or element of a block, which holds what stands before it.
    Block,
    /// Braces or brackets.
    Flow,
    /// A scalar or an alias.
    Value,
    /// The end of braces or brackets.
    FlowEnd,
    /// The end of a document: sops's own key will stand there, at the root.
    DocumentEnd,
    /// The start of a document.
    DocumentStart,
}

impl Next {
    pub(super) fn flow_end(closes: usize, limit: usize) -> Self {
        Self {
            limit,
            closes,
            kind: Kind::FlowEnd,
        }
    }

    pub(super) fn document_end(closes: usize, limit: usize) -> Self {
        Self {
            limit,
            closes,
            kind: Kind::DocumentEnd,
        }
    }

    pub(super) fn document_start(limit: usize) -> Self {
        Self {
            limit,
            closes: 0,
            kind: Kind::DocumentStart,
        }
    }

    /// A node, which may be an element of a block list (`in_rows`) or a key.
    pub(super) fn of(
        event: &Event<'_>,
        span: &Span,
        start: usize,
        closes: usize,
        in_rows: bool,
        is_key: bool,
        reader: &Reader<'_>,
    ) -> Self {
        if in_rows {
            let limit = reader.dash(start).unwrap_or(start);
            return Self {
                limit,
                closes,
                kind: Kind::Sibling,
            };
        }
        if is_key {
            return Self {
                limit: start,
                closes,
                kind: Kind::Sibling,
            };
        }
        let kind = kind(event);
        let limit = match event {
            Event::SequenceStart(StructureStyle::Block, ..) => {
                let start = bytes(span).start;
                reader.dash(start).unwrap_or(start)
            }
            _ => start,
        };
        Self {
            limit,
            closes,
            kind,
        }
    }

    /// The element whose dash was just read.
    pub(super) fn after_dash(
        event: &Event<'_>,
        span: &Span,
        start: usize,
        reader: &Reader<'_>,
    ) -> Self {
        let next = Self::of(event, span, start, 0, false, false, reader);
        match next.kind {
            // What stands before braces in a list is the list's.
            Kind::Flow => Self {
                kind: Kind::Value,
                ..next
            },
            _ => next,
        }
    }
}

fn kind(event: &Event<'_>) -> Kind {
    match event {
        Event::SequenceStart(StructureStyle::Block, ..)
        | Event::MappingStart(StructureStyle::Block, ..) => Kind::Block,
        Event::SequenceStart(..) | Event::MappingStart(..) => Kind::Flow,
        _ => Kind::Value,
    }
}

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
    column: usize,
    line_below_prior: bool,
}

impl Reader<'_> {
    /// Puts the comments before the next token where they belong.
    pub(super) fn take_comments(&mut self, next: &Next) {
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
        let mut group: Option<Lines> = None;
        for (range, column) in run {
            let breaks = self.breaks(at, range.start);
            if breaks > 1 && group.is_some() {
                if above_blank && group.as_ref().is_some_and(is_foot) {
                    self.foot(group.take(), indent, next);
                }
                above_blank = false;
            }
            if let Some(lines) = &group
                && column < indent
                && column != lines.column
            {
                self.foot(group.take(), indent, next);
            }
            at = range.end;
            let comment = self.comment(range);
            match &mut group {
                Some(lines) => lines.items.push(comment),
                None => {
                    group = Some(Lines {
                        items: vec![comment],
                        column,
                        line_below_prior: breaks == 1,
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
        if in_flow && next.kind == Kind::FlowEnd
            || blank && above_blank && is_foot(&lines)
            || outdent
        {
            self.foot(Some(lines), indent, next);
        } else {
            self.head(lines, next);
        }
    }

    fn breaks(&self, from: usize, to: usize) -> usize {
        self.text[from.min(to)..to].matches('\n').count()
    }

    /// Puts lines below what stands above them.
    fn foot(&mut self, lines: Option<Lines>, indent: usize, next: &Next) {
        let Some(lines) = lines else { return };
        let open = self.stack.len();
        if lines.column >= indent && self.prior.nothing {
            // An element that is nothing takes no comment, and neither does the end of its list.
            return self.push_at(open.saturating_sub(2), lines.items);
        }
        if lines.column >= indent {
            match next.kind {
                Kind::Block if self.prior.dash => self.pending.inside.extend(lines.items),
                _ => lines.items.into_iter().for_each(|item| self.push(item)),
            }
            return;
        }
        let outer = open - next.closes.min(open);
        let closing = (outer..open)
            .rev()
            .find(|depth| self.stack[*depth].column == lines.column && !self.is_indentless(*depth));
        self.push_at(closing.unwrap_or(outer.saturating_sub(1)), lines.items);
    }

    /// Whether a list stands at the column of the key that it belongs to: no indentation ends with it.
    fn is_indentless(&self, depth: usize) -> bool {
        let open = &self.stack[depth];
        !open.is_map && depth > 0 && self.stack[depth - 1].column == open.column
    }

    /// Puts lines above what stands below them.
    fn head(&mut self, lines: Lines, next: &Next) {
        let open = self.stack.len();
        match next.kind {
            Kind::Block | Kind::Flow | Kind::DocumentStart => {
                self.pending.inside.extend(lines.items);
            }
            Kind::Sibling => {
                let depth = (open - next.closes.min(open)).saturating_sub(1);
                self.push_at(depth, lines.items);
            }
            Kind::DocumentEnd => self.push_at(0, lines.items),
            Kind::Value | Kind::FlowEnd => lines.items.into_iter().for_each(|item| self.push(item)),
        }
    }

    fn push(&mut self, comment: Item) {
        match self.stack.last_mut() {
            Some(open) => open.items.push(comment),
            None => self.pending.inside.push(comment),
        }
    }

    /// Adds to an open collection, behind the entry of it that is being read.
    fn push_at(&mut self, depth: usize, comments: Vec<Item>) {
        let innermost = depth + 1 >= self.stack.len();
        match self.stack.get_mut(depth) {
            Some(open) if innermost => open.items.extend(comments),
            Some(open) => open.after.extend(comments),
            None => self.pending.inside.extend(comments),
        }
    }
}
