//! Puts lines of comment below what stands above them, or above what stands below.

use super::Lines;
use super::next::{Kind, Next};
use crate::sops::tree::Item;
use crate::sops::yaml::read::Reader;

impl Reader<'_> {
    /// Puts lines below what stands above them.
    pub(super) fn foot(&mut self, lines: Option<Lines>, indent: usize, next: &Next) {
        let Some(lines) = lines else { return };
        let open = self.stack.len();
        if lines.column >= indent && self.prior.nothing {
            return self.carried.extend(lines.items);
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
        let depth = closing.unwrap_or(outer.saturating_sub(1));
        if depth + 1 == outer {
            // Behind a block that ends, a foot waits for what takes it as a head does.
            self.heads += lines.items.len();
        }
        self.push_at(depth, lines.items);
    }

    /// Whether a list stands at the column of the key that it belongs to: no indentation ends with it.
    fn is_indentless(&self, depth: usize) -> bool {
        let open = &self.stack[depth];
        !open.is_map && depth > 0 && self.stack[depth - 1].column == open.column
    }

    /// Puts lines above what stands below them.
    pub(super) fn head(&mut self, lines: Lines, next: &Next) {
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
