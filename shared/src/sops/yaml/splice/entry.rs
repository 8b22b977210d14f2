//! Replaces values and comments where they stand.

use granit_parser::ScalarStyle;

use super::Splicer;
use crate::sops::cipher::is_sealed;
use crate::sops::tree::{Comment, Item, Key, Node, Value};
use crate::sops::yaml::site::{Shape, Site};
use crate::sops::yaml::{emit, scalar};

impl<'a> Splicer<'a> {
    pub(super) fn comment(&mut self, comment: &Comment) {
        let (true, Some(at)) = (comment.changed, comment.site) else {
            return;
        };
        let site = self.site(at);
        let text = comment.text.text().unwrap_or_default();
        if site.shape == Shape::Comment {
            let end = site.span.start
                + self.source.text[site.span.clone()]
                    .trim_end_matches('\r')
                    .len();
            self.edit(site.span.start + 1..end, text);
        } else if site.flow {
            // Brackets have no room for a comment.
            self.edit(site.outer.clone(), "null");
        } else {
            // sops writes comments of a list as elements of it.
            self.edit(site.entry..site.outer.end, format!("#{text}"));
        }
    }

    pub(super) fn node(&mut self, node: &Node, site: &'a Site) {
        match (&site.shape, node.changed) {
            (Shape::Alias(target), false) => {
                let target = self.source.sites.get(*target).map(|target| &target.outer);
                let moved = target.is_some_and(|target| {
                    let first = self.changed.partition_point(|at| *at < target.start);
                    self.changed.get(first).is_some_and(|at| *at < target.end)
                });
                if moved || holds_change(&node.value) {
                    self.replace(node, site);
                }
            }
            (_, false) => {
                if let Some(items) = node.value.items() {
                    self.collection(site, items, None);
                }
            }
            (Shape::Scalar(_) | Shape::Block(_), true) if node.value.items().is_none() => {
                self.scalar(&node.value, site);
            }
            (_, true) => self.replace(node, site),
        }
    }

    /// Writes a scalar in the place of another one.
    fn scalar(&mut self, value: &Value, site: &Site) {
        let mut written = scalar::write(value, site.flow);
        if let (Shape::Scalar(style), Some(text)) = (&site.shape, value.as_str())
            && is_sealed(text)
        {
            // Ciphertext keeps the quotes it had.
            match style {
                ScalarStyle::DoubleQuoted => written.line = format!("\"{text}\""),
                ScalarStyle::SingleQuoted => written.line = format!("'{text}'"),
                _ => {}
            }
        }
        let anchor = site.anchor.clone().map(|range| &self.source.text[range]);
        let line = match anchor {
            Some(anchor) => format!("{anchor} {}", written.line),
            None => written.line,
        };
        let margin = " ".repeat(site.indent + self.step);
        let mut below = String::new();
        for line in written.below.into_iter().flatten() {
            below.push_str(self.newline);
            if !line.is_empty() {
                below.push_str(&margin);
                below.push_str(&line);
            }
        }
        match &site.shape {
            Shape::Block(header) => {
                self.edit(site.outer.start..header.end, line);
                let body = self.source.line_end(header.end);
                self.edit(body..site.span.end.max(body), below);
            }
            _ => {
                let gap = if site.outer.is_empty() { " " } else { "" };
                self.edit(site.outer.clone(), format!("{gap}{line}"));
                if !below.is_empty() {
                    let end = self.source.line_end(site.outer.end);
                    self.edits.push((end..end, below));
                }
            }
        }
    }

    /// Writes an entry in the place of what it was; its key stays as it is written.
    fn replace(&mut self, node: &Node, site: &Site) {
        let key = site.key.clone().map(|key| &self.source.text[key]);
        if site.flow {
            let text = emit::in_flow(&node.value);
            return self.edit(site.outer.clone(), text);
        }
        let mut lines = Vec::new();
        emit::entry(node, site.indent, site.indent, self.step, &mut lines);
        let mut text = lines.join(self.newline).trim_start().to_owned();
        if let (Some(key), Key::Text(name)) = (key, &node.key) {
            let written = scalar::string(name, false);
            if let Some(rest) = text.strip_prefix(written.as_str()) {
                text = format!("{key}{rest}");
            }
        }
        // A comment behind the value stays behind the key: it belongs to what holds both.
        let end = match site.shape {
            Shape::Rows(_) => self.source.line_end(site.outer.end),
            _ => site.outer.end,
        };
        let (first, below) = text.split_once(self.newline).unwrap_or((&text, ""));
        self.edit(site.entry..end, first);
        if !below.is_empty() {
            let end = self.source.line_end(end);
            self.edits
                .push((end..end, format!("{}{below}", self.newline)));
        }
    }
}

fn holds_change(value: &Value) -> bool {
    value
        .items()
        .unwrap_or_default()
        .iter()
        .any(|item| match item {
            Item::Node(node) => node.changed || holds_change(&node.value),
            Item::Comment(comment) => comment.changed,
        })
}
