//! Parts lines of comment into groups, and tells which are feet and which are heads.

use std::ops::Range;

use super::next::{Kind, Next};
use crate::sops::tree::Item;
use crate::sops::yaml::read::{Open, Reader};

/// Lines of comment that go together.
pub(super) struct Lines {
    pub(super) items: Vec<Item>,
    pub(super) start: usize,
    pub(super) column: usize,
    pub(super) line_below_prior: bool,
    /// Whether they stand above the next token rather than below what was before.
    pub(super) is_head: bool,
    /// The first byte of a token that may take them; none: the token before does.
    pub(super) from: Option<usize>,
}

impl Lines {
    /// A comment after a blank line or a closing brace that is indented less than the block goes to what follows, not
    /// to what stood before.
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
    pub(super) fn own_lines(&mut self, run: Vec<(Range<usize>, usize)>, next: &Next) {
        let block = self.stack.iter().rev().find(|open| !open.flow);
        let indent = block.map_or(0, |open| open.column);
        let in_flow = self.stack.last().is_some_and(|open| open.flow);
        let after_colon = self.stack.last().is_some_and(Open::awaits_value);
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
}
