//! Adds entries that the text does not have yet.

use super::Splicer;
use crate::sops::tree::{Key, Node, Value};
use crate::sops::yaml::emit;
use crate::sops::yaml::site::{Shape, Site};

impl Splicer<'_> {
    /// Adds entries behind another one, or where the collection starts.
    pub(super) fn add(
        &mut self,
        site: &Site,
        before: Option<&Site>,
        new: &[&Node],
        column: usize,
        end: Option<usize>,
    ) {
        if new.is_empty() {
            return;
        }
        if site.shape == Shape::Flow {
            let text: Vec<String> = new.iter().map(|node| in_flow(node)).collect();
            let text = text.join(", ");
            match before {
                Some(before) => {
                    let at = match before.outer.is_empty() {
                        true => after_colon(&self.source.text, before.outer.end),
                        false => before.outer.end,
                    };
                    // A comma right behind a colon would be part of the name.
                    let gap = if before.outer.is_empty() { " " } else { "" };
                    self.edits.push((at..at, format!("{gap}, {text}")));
                }
                None => {
                    let at = site.span.start + 1;
                    let comma = if site.inside.is_empty() { "" } else { ", " };
                    self.edits.push((at..at, text + comma));
                }
            }
            return;
        }
        if let Some(end) = end {
            return self.append(end, column, new);
        }
        match before {
            Some(before) => {
                let text = self.lines(column, new);
                let at = self.source.line_end(self.source.end(before));
                self.edits.push((at..at, format!("{}{text}", self.newline)));
            }
            None => self.insert(site.span.start, column, new),
        }
    }

    /// Adds entries of a block, whose keys stand at a column, above the one that starts at a byte.
    pub(super) fn insert(&mut self, at: usize, column: usize, new: &[&Node]) {
        let text = self.lines(column, new);
        let margin = " ".repeat(column);
        let start = self.source.line_start(at);
        if self.source.text[start..at].bytes().all(|byte| byte == b' ') {
            // Where the line starts, for the entry that stands in it may be taken away.
            self.edits
                .push((start..start, format!("{text}{}", self.newline)));
            return;
        }
        let text = format!("{}{}{margin}", text.trim_start(), self.newline);
        self.edits.push((at..at, text));
    }

    fn lines(&self, column: usize, new: &[&Node]) -> String {
        let mut lines = Vec::new();
        for node in new {
            emit::entry(node, column, column, self.step, &mut lines);
        }
        lines.join(self.newline)
    }

    /// Adds entries of the root, whose keys stand at a column, where its document ends.
    pub(super) fn append(&mut self, end: usize, column: usize, new: &[&Node]) {
        let mut lines = Vec::new();
        for node in new {
            emit::entry(node, column, column, 4, &mut lines);
        }
        if lines.is_empty() {
            return;
        }
        let before = &self.source.text[..end];
        let gap = if before.is_empty() || before.ends_with('\n') || before == "\u{feff}" {
            ""
        } else {
            self.newline
        };
        let text = lines.join(self.newline);
        self.edits
            .push((end..end, format!("{gap}{text}{}", self.newline)));
    }
}

/// The end of the colon that stands at a place; a blank value may be placed before it.
fn after_colon(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start();
    match rest.starts_with(':') {
        true => text.len() - rest.len() + 1,
        false => at,
    }
}

/// An entry within braces, or an element within brackets.
fn in_flow(node: &Node) -> String {
    match &node.key {
        Key::Text(name) => format!(
            "{}: {}",
            emit::in_flow(&Value::text(name.as_str())),
            emit::in_flow(&node.value)
        ),
        Key::None | Key::Other(_) => emit::in_flow(&node.value),
    }
}
