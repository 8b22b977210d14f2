//! Removes entries that the tree holds no longer.

use super::Splicer;
use crate::sops::tree::Item;
use crate::sops::yaml::site::{Shape, Site};

impl<'a> Splicer<'a> {
    /// Removes what the collection holds no longer.
    pub(super) fn remove(&mut self, site: &'a Site, items: &[Item], is_root: bool) {
        let mut kept: Vec<usize> = items
            .iter()
            .filter_map(|item| match item {
                Item::Comment(comment) => comment.site,
                Item::Node(node) => node.site,
            })
            .collect();
        kept.sort_unstable();
        let is_node = |at: &usize| self.site(*at).shape != Shape::Comment;
        let nodes: Vec<usize> = site.inside.iter().copied().filter(is_node).collect();
        if nodes.is_empty() {
            return;
        }
        let holds = items.iter().any(|item| item.node().is_some());
        if !holds && !is_root {
            self.empty(site, &nodes, &kept, items);
            return;
        }
        for (index, at) in nodes.iter().enumerate() {
            if kept.binary_search(at).is_err() {
                let before = index.checked_sub(1).map(|index| self.site(nodes[index]));
                let after = nodes.get(index + 1).map(|after| self.site(*after));
                self.remove_entry(self.site(*at), before, after, site.shape == Shape::Flow);
            }
        }
    }

    /// A collection without entries, of what it held `kept` in order: empty brackets, below comments that were its elements.
    fn empty(&mut self, site: &Site, nodes: &[usize], kept: &[usize], items: &[Item]) {
        let brackets = match self.site(nodes[0]).key {
            Some(_) => "{}",
            None => "[]",
        };
        let last = items.iter().rev().find_map(|item| match item {
            Item::Comment(comment) => comment.site.filter(|at| nodes.contains(at)),
            Item::Node(_) => None,
        });
        match (last, &site.shape) {
            (Some(last), Shape::Rows(column)) => {
                let at = self.source.line_end(self.site(last).outer.end);
                let margin = " ".repeat(column + 1);
                self.edits
                    .push((at..at, format!("{}{margin}{brackets}", self.newline)));
                for (index, at) in nodes.iter().enumerate() {
                    if kept.binary_search(at).is_err() {
                        let after = nodes.get(index + 1).map(|after| self.site(*after));
                        self.remove_entry(self.site(*at), None, after, false);
                    }
                }
            }
            _ => self.edit(site.span.clone(), brackets),
        }
    }

    fn remove_entry(
        &mut self,
        entry: &Site,
        before: Option<&Site>,
        after: Option<&Site>,
        flow: bool,
    ) {
        let text = &self.source.text;
        if flow {
            let range = match (before, after) {
                (Some(before), _) => before.outer.end..entry.outer.end,
                (None, Some(after)) => entry.entry..after.entry,
                (None, None) => entry.entry..entry.outer.end,
            };
            return self.edit(range, "");
        }
        let start = self.source.line_start(entry.entry);
        if text[start..entry.entry]
            .trim_start_matches('\u{feff}')
            .trim()
            .is_empty()
        {
            let end = self.source.line_end(entry.outer.end);
            let behind = text[entry.outer.end..end].trim_start();
            if behind.starts_with('#') {
                // sops keeps the comment behind a value that goes.
                return self.edit(entry.entry..end - behind.len(), "");
            }
            let rest = &text[end..];
            let newline = if rest.starts_with("\r\n") {
                2
            } else {
                usize::from(rest.starts_with('\n'))
            };
            self.edit(start..end + newline, "");
        } else if let Some(after) = after {
            // The first entry stands behind a dash: the next one takes its place.
            self.edit(entry.entry..after.entry, "");
        } else {
            self.edit(entry.entry..entry.outer.end, "");
        }
    }
}
