//! Writes a changed tree into the text it was read from: what did not change stays byte for byte.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::emit;
use super::scalar;
use super::site::{Document, Shape, Site, Source};
use crate::sops::cipher::is_sealed;
use crate::sops::tree::{Comment, Item, Key, Node, Value};

/// The text with the values of the tree. What the tree holds no longer is removed, what it holds anew is added.
pub fn splice(source: &Source, roots: &[Vec<Item>]) -> String {
    let mut splicer = Splicer {
        source,
        newline: source.newline(),
        step: source.step(),
        changed: Vec::new(),
        edits: Vec::new(),
    };
    for root in roots {
        splicer.note_changes(root);
    }
    splicer.changed.sort_unstable();
    for (document, root) in source.documents.iter().zip(roots) {
        splicer.root(document, root);
    }
    splicer.apply()
}

/// The text with the values of the tree, and lines of text at the end of each document.
pub fn splice_and_append(source: &Source, roots: &[Vec<Item>], lines: &str) -> String {
    let mut text = splice(source, roots);
    // From the last document to the first, so that places stay what they are.
    let Ok((_, again)) = super::read(&text) else {
        return text;
    };
    for document in again.documents.iter().rev() {
        let before = &text[..document.end];
        let gap = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            again.newline()
        };
        text.insert_str(document.end, &format!("{gap}{lines}"));
    }
    text
}

/// The lines of an entry of the first document's root; none where braces hold it.
pub fn entry_text(text: &str, name: &str) -> Option<String> {
    let (roots, source) = super::read(text).ok()?;
    let node = crate::sops::tree::find(roots.first()?, name)?;
    let site = &source.sites[node.site?];
    if site.flow || site.entry != source.line_start(site.entry) {
        return None;
    }
    let end = source.line_end(site.outer.end);
    let lines = &text[site.entry..end];
    Some(format!("{lines}{}", source.newline()))
}

struct Splicer<'a> {
    source: &'a Source,
    newline: &'static str,
    step: usize,
    /// Where values change: an alias of such a place cannot stay one.
    changed: Vec<usize>,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Splicer<'a> {
    fn site(&self, site: usize) -> &'a Site {
        &self.source.sites[site]
    }

    fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        if self.source.text[range.clone()] != text {
            self.edits.push((range, text));
        }
    }

    /// Makes the edits; one within another is lost with what it is in.
    fn apply(mut self) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.source.text.len() * 2);
        let mut at = 0;
        for (range, text) in self.edits {
            if range.start < at {
                continue;
            }
            out.push_str(&self.source.text[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
        out.push_str(&self.source.text[at..]);
        out
    }

    fn note_changes(&mut self, items: &[Item]) {
        for node in items.iter().filter_map(Item::node) {
            if let (true, Some(site)) = (node.changed, node.site) {
                let at = self.site(site).span.start;
                self.changed.push(at);
            }
            self.note_changes(node.value.items().unwrap_or_default());
        }
    }

    fn root(&mut self, document: &Document, items: &[Item]) {
        let root = document.root.map(|root| self.site(root));
        match root {
            Some(site) if matches!(site.shape, Shape::Rows(_) | Shape::Flow) => {
                self.collection(site, items, Some(document.end));
            }
            _ => {
                // A document without a root, or one that says null.
                if let Some(site) = root {
                    self.edit(site.outer.clone(), "");
                }
                self.comments(items);
                let new: Vec<&Node> = items.iter().filter_map(Item::node).collect();
                self.append(document.end, &new);
            }
        }
    }

    fn comments(&mut self, items: &[Item]) {
        for item in items {
            if let Item::Comment(comment) = item {
                self.comment(comment);
            }
        }
    }

    /// The edits within a collection. At a root, what is new stands at the end of the document.
    fn collection(&mut self, site: &'a Site, items: &[Item], end: Option<usize>) {
        let column = match site.shape {
            Shape::Rows(column) => column,
            _ => 0,
        };
        let flow = site.shape == Shape::Flow;
        let mut before: Option<&'a Site> = None;
        let mut new: Vec<&Node> = Vec::new();
        for item in items {
            match item {
                Item::Comment(comment) => self.comment(comment),
                Item::Node(node) => match node.site {
                    Some(at) => {
                        self.add(site, before, &new, column, None);
                        new.clear();
                        before = Some(self.site(at));
                        self.node(node, self.site(at));
                    }
                    None => new.push(node),
                },
            }
        }
        self.add(site, before, &new, column, end.filter(|_| !flow));
        self.remove(site, items, end.is_some());
    }

    /// Adds entries behind another one, or where the collection starts.
    fn add(
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
            return self.append(end, new);
        }
        let mut lines = Vec::new();
        for node in new {
            emit::entry(node, column, column, self.step, &mut lines);
        }
        let text = lines.join(self.newline);
        match before {
            Some(before) => {
                let at = self.source.line_end(before.outer.end);
                self.edits.push((at..at, format!("{}{text}", self.newline)));
            }
            None => {
                let at = site.span.start;
                let margin = " ".repeat(column);
                let text = format!("{}{}{margin}", text.trim_start(), self.newline);
                self.edits.push((at..at, text));
            }
        }
    }

    /// Adds entries of the root where its document ends.
    fn append(&mut self, end: usize, new: &[&Node]) {
        let mut lines = Vec::new();
        for node in new {
            emit::entry(node, 0, 0, 4, &mut lines);
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

    /// Removes what the collection holds no longer.
    fn remove(&mut self, site: &'a Site, items: &[Item], is_root: bool) {
        let kept: Vec<usize> = items
            .iter()
            .filter_map(|item| match item {
                Item::Comment(comment) => comment.site,
                Item::Node(node) => node.site,
            })
            .collect();
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
            if !kept.contains(at) {
                let before = index.checked_sub(1).map(|index| self.site(nodes[index]));
                let after = nodes.get(index + 1).map(|after| self.site(*after));
                self.remove_entry(self.site(*at), before, after, site.shape == Shape::Flow);
            }
        }
    }

    /// A collection without entries: empty brackets, below comments that were its elements.
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
                    if !kept.contains(at) {
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

    fn comment(&mut self, comment: &Comment) {
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

    fn node(&mut self, node: &Node, site: &'a Site) {
        match (&site.shape, node.changed) {
            (Shape::Alias(target), false) => {
                let target = self.source.sites.get(*target).map(|target| &target.outer);
                let moved =
                    target.is_some_and(|target| self.changed.iter().any(|at| target.contains(at)));
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
        self.edit(site.entry..site.outer.end, text);
    }
}

/// An entry within braces, or an element within brackets.
/// The end of the colon that stands at a place; a blank value may be placed before it.
fn after_colon(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start();
    match rest.starts_with(':') {
        true => text.len() - rest.len() + 1,
        false => at,
    }
}

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
