//! Puts lines of comment below what stands above them, or above what stands below.

use super::lines::Lines;
use super::next::{Kind, Next};
use crate::sops::tree::Item;
use crate::sops::yaml::read::Reader;

impl Reader<'_> {
    /// Puts lines where the token is that takes them: the one before, the ends of blocks, or the next one.
    ///
    /// go-yaml moves the end of a block to the first comment that stands in its column. It gives what was told from
    /// the token before to the first token from there on; ends of lists pass it on.
    pub(super) fn settle(&mut self, groups: Vec<Lines>, next: &Next) {
        let open = self.stack.len();
        let outer = open - next.closes.min(open);
        let mut start = None;
        let mut ends = Vec::new();
        for depth in (outer..open)
            .rev()
            .filter(|depth| !self.is_indentless(*depth))
        {
            let column = self.stack[depth].column;
            let moved = groups.iter().find(|lines| lines.column == column);
            start = moved.map(|lines| lines.start).or(start);
            ends.push((depth, start));
        }
        let mut ends = &ends[..];
        for lines in groups {
            let Some(from) = lines.from else {
                match lines.is_head {
                    true => self.head(lines, next),
                    false => self.foot(lines, next),
                }
                continue;
            };
            let is_before =
                |(_, start): &(usize, Option<usize>)| start.is_none_or(|start| start < from);
            // The next lines may be given to the same token, so that it stays.
            ends = &ends[ends.iter().take_while(|end| is_before(end)).count()..];
            match ends.iter().find(|(depth, _)| self.stack[*depth].is_map) {
                Some((depth, _)) => self.push_at(*depth, lines.items),
                None if next.kind == Kind::Block => self.pending.inside.extend(lines.items),
                None => {
                    // Behind the blocks that end, a foot waits for what takes it as a head does.
                    self.heads += lines.items.len();
                    self.push_at(outer.saturating_sub(1), lines.items);
                }
            }
        }
    }

    /// Puts lines below the token before.
    fn foot(&mut self, lines: Lines, next: &Next) {
        if self.prior.nothing {
            return self.carried.extend(lines.items);
        }
        match next.kind {
            Kind::Block => self.pending.inside.extend(lines.items),
            _ => lines.items.into_iter().for_each(|item| self.push(item)),
        }
    }

    /// Whether a list stands at the column of the key that it belongs to: no indentation ends with it.
    fn is_indentless(&self, depth: usize) -> bool {
        let open = &self.stack[depth];
        !open.is_map && depth > 0 && self.stack[depth - 1].column == open.column
    }

    /// Puts lines above what stands below them.
    fn head(&mut self, lines: Lines, next: &Next) {
        let open = self.stack.len();
        self.heads += lines.items.len();
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

    /// An element that is nothing takes no comment: those that were put before it wait for what takes them.
    pub(in crate::sops::yaml) fn carry_heads(&mut self) {
        let Some(open) = self.stack.last_mut() else {
            return;
        };
        let from = open
            .items
            .len()
            .saturating_sub(std::mem::take(&mut self.heads));
        let are_comments = open.items[from..].iter().all(|item| item.node().is_none());
        if !open.is_map && !open.flow && are_comments {
            self.carried.extend(open.items.drain(from..));
        }
    }

    /// Gives comments that wait to the next key, element or end of a document; ends of blocks take none.
    pub(super) fn hand_over(&mut self, next: &Next) {
        if self.carried.is_empty() {
            return;
        }
        match next.kind {
            Kind::Sibling => {
                let comments = std::mem::take(&mut self.carried);
                self.heads += comments.len();
                let open = self.stack.len();
                self.push_at((open - next.closes.min(open)).saturating_sub(1), comments);
            }
            Kind::DocumentEnd => {
                let comments = std::mem::take(&mut self.carried);
                self.push_at(0, comments);
            }
            _ => {}
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
