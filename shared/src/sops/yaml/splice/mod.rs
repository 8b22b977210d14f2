//! Writes a changed tree into the text it was read from: what did not change stays byte for byte.

mod add;
mod entry;
mod remove;

use std::ops::Range;

use super::site::{Document, Shape, Site, Source};
use crate::sops::tree::{Item, Node};

/// The text with the values of the tree. What the tree holds no longer is removed, what it holds anew is added.
pub fn splice(source: &Source, roots: &[Vec<Item>]) -> String {
    spliced(source, roots).apply()
}

/// The same for a file that gets nothing more: documents that have no entries left are empty maps, as sops has them.
pub fn splice_alone(source: &Source, roots: &[Vec<Item>]) -> String {
    let mut splicer = spliced(source, roots);
    for (document, root) in source.documents.iter().zip(roots) {
        let is_in_rows = |root| matches!(splicer.site(root).shape, Shape::Rows(_));
        if document.root.is_some_and(is_in_rows) && root.iter().all(|item| item.node().is_none()) {
            let text = format!("{{}}{}", splicer.newline);
            splicer.edits.push((document.end..document.end, text));
        }
    }
    splicer.apply()
}

fn spliced<'a>(source: &'a Source, roots: &[Vec<Item>]) -> Splicer<'a> {
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
    splicer
}

/// The text with the values of the tree, and lines of text at the end of each document.
pub fn splice_and_append(source: &Source, roots: &[Vec<Item>], lines: &str) -> String {
    let mut text = splice(source, roots);
    // From the last document to the first, so that places stay what they are.
    let Ok((_, again)) = crate::sops::yaml::read(&text) else {
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
    let (roots, source) = crate::sops::yaml::read(text).ok()?;
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
                let new: Vec<&Node> = items.iter().filter_map(Item::node).collect();
                // A document without a root, or one that says null: entries take its place.
                if let (Some(site), false) = (root, new.is_empty()) {
                    self.edit(site.outer.clone(), "");
                }
                self.comments(items);
                self.append(document.end, 0, &new);
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
                    Some(at) if end.is_some() && !flow && !new.is_empty() => {
                        // Comments that end the root keep what they stand above: a key of the root.
                        self.insert(self.site(at).entry, column, &new);
                        new.clear();
                        before = Some(self.site(at));
                        self.node(node, self.site(at));
                    }
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
}
