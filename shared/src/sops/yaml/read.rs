//! Reads a YAML text into the tree, with the site of each value and comment.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::comments::{Next, Pending, Prior};
use super::scalar;
use super::site::{Document, Shape, Site, Source};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Comment, Item, Key, Node, Roots, Value};

/// How many nodes aliases may unfold to, beyond ten for each byte of the text.
const UNFOLDED: usize = 10_000;

/// Reads all documents of a text.
///
/// # Errors
/// When the text is no YAML, a root is no map, or the first document has a key twice.
pub fn read(text: &str) -> Result<(Roots, Source)> {
    let mut reader = Reader::new(text)?;
    while reader.at < reader.events.len() {
        reader.step()?;
    }
    reader.finish()
}

/// A map or list whose end was not read yet.
pub(super) struct Open {
    pub(super) items: Vec<Item>,
    pub(super) is_map: bool,
    pub(super) flow: bool,
    /// The column of its keys or dashes.
    pub(super) column: usize,
    /// The key whose value is next.
    key: Option<(Key, Range<usize>)>,
    /// Whether this collection is itself a key.
    is_key: bool,
    /// Comments that follow the entry which is being read.
    pub(super) after: Vec<Item>,
    site: usize,
    anchor: usize,
    names: HashSet<String>,
}

impl Open {
    pub(super) fn awaits_value(&self) -> bool {
        self.key.is_some()
    }
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    events: Vec<(Event<'t>, Span)>,
    at: usize,
    pub(super) comments: Vec<(Range<usize>, usize)>,
    pub(super) next_comment: usize,
    pub(super) stack: Vec<Open>,
    pub(super) pending: Pending,
    pub(super) prior: Prior,
    anchors: HashMap<usize, (Value, usize)>,
    unfolded: usize,
    pub(super) sites: Vec<Site>,
    roots: Roots,
    documents: Vec<Document>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Result<Self> {
        let mut options = Options::default();
        options.emit_anchor_events = true;
        options.disallow_directives = true;
        let mut events = Vec::new();
        let mut comments = Vec::new();
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| malformed(&error.to_string()))?;
            match event {
                Event::Comment(..) => comments.push((bytes(&span), span.start.col())),
                event => events.push((event, span)),
            }
        }
        comments.sort_by_key(|(range, _)| range.start);
        Ok(Self {
            text,
            events,
            at: 0,
            comments,
            next_comment: 0,
            stack: Vec::new(),
            pending: Pending::default(),
            prior: Prior::default(),
            anchors: HashMap::new(),
            unfolded: 0,
            sites: Vec::new(),
            roots: Vec::new(),
            documents: Vec::new(),
        })
    }

    fn step(&mut self) -> Result<()> {
        let next = self.next_token(self.at);
        self.take_comments(&next);
        let (event, span) = self.events[self.at].clone();
        self.at += 1;
        let anchor = match self.events.get(self.at) {
            Some((Event::Anchor(..), span)) => {
                let range = bytes(span);
                self.at += 1;
                Some(range)
            }
            _ => None,
        };
        let entry = self.take_dash(&event, &span);
        match event {
            Event::StreamStart | Event::StreamEnd => {}
            Event::DocumentStart(..) => {
                if let Some(document) = self.documents.last_mut()
                    && document.end == usize::MAX
                {
                    document.end = bytes(&span).start;
                }
                self.prior.set(bytes(&span).end);
            }
            Event::DocumentEnd => self.end_document(&span),
            Event::Alias(id) => self.alias(id, &span, entry)?,
            Event::Scalar(text, style, id, tag) => {
                self.scalar(&text, style, id, tag.as_deref(), &span, anchor, entry)?;
            }
            Event::SequenceStart(style, id, tag) => {
                self.open(false, style, id, tag.is_some(), &span, anchor, entry);
            }
            Event::MappingStart(style, id, tag) => {
                self.open(true, style, id, tag.is_some(), &span, anchor, entry);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&span),
            // Comments were taken out, anchors come with their nodes; later parsers may tell more.
            _ => {}
        }
        Ok(())
    }

    /// The token that comments before an event belong to: blocks that end here have none of their own.
    fn next_token(&self, from: usize) -> Next {
        let mut closes = 0;
        for (event, span) in &self.events[from..] {
            let depth = self.stack.len() - closes.min(self.stack.len());
            let top = depth.checked_sub(1).map(|top| &self.stack[top]);
            let start = start(event, span);
            match event {
                Event::SequenceEnd | Event::MappingEnd => {
                    if top.is_some_and(|top| top.flow) {
                        return Next::flow_end(closes, start);
                    }
                    closes += 1;
                }
                Event::DocumentEnd | Event::StreamEnd => {
                    let limit = if matches!(event, Event::DocumentEnd) && span.start == span.end {
                        usize::MAX
                    } else {
                        start
                    };
                    return Next::document_end(closes, self.document_limit(from, limit));
                }
                Event::Anchor(..) => {}
                Event::StreamStart | Event::DocumentStart(..) => {
                    return Next::document_start(start);
                }
                event => {
                    let in_rows = top.is_some_and(|top| !top.is_map && !top.flow);
                    // Where blocks end, the value that was awaited has come.
                    let is_key =
                        top.is_some_and(|top| top.is_map && (closes > 0 || !top.awaits_value()));
                    return Next::of(event, span, start, closes, in_rows, is_key, self);
                }
            }
        }
        Next::document_end(closes, usize::MAX)
    }

    /// Where a document ends at the latest: the next marker.
    fn document_limit(&self, from: usize, limit: usize) -> usize {
        self.events[from..]
            .iter()
            .find_map(|(event, span)| match event {
                Event::DocumentStart(true, _) => Some(bytes(span).start),
                _ => None,
            })
            .map_or(limit, |marker| limit.min(marker))
    }

    /// The dash of an element, where the event starts one: the first between the last token and this one.
    fn take_dash(&mut self, event: &Event<'_>, span: &Span) -> Option<usize> {
        let starts = matches!(
            event,
            Event::Alias(_)
                | Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::MappingStart(..)
        );
        let top = self.stack.last()?;
        if !starts || top.is_map || top.flow {
            return None;
        }
        let limit = start(event, span);
        let dash = self.dash(limit)?;
        self.prior.dash(dash);
        let next = Next::after_dash(event, span, limit, self);
        self.take_comments(&next);
        Some(dash)
    }

    /// The first dash between the last token and `limit`, comments left out.
    pub(super) fn dash(&self, limit: usize) -> Option<usize> {
        let mut at = self.prior.end;
        while at < limit {
            let rest = &self.text[at..];
            match rest.as_bytes()[0] {
                b'#' => at += rest.find('\n').unwrap_or(rest.len()),
                b'!' | b'&' => at += rest.find(char::is_whitespace).unwrap_or(rest.len()),
                b'-' => return Some(at),
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        None
    }

    fn indent(&self) -> usize {
        let rows = self.stack.iter().rev().find(|open| !open.flow);
        rows.map_or(0, |open| open.column)
    }

    fn in_flow(&self) -> bool {
        self.stack.last().is_some_and(|open| open.flow)
    }

    fn site(&mut self, span: Range<usize>, entry: Option<usize>, shape: Shape) -> usize {
        let key = self.stack.last().and_then(|open| open.key.as_ref());
        self.sites.push(Site {
            outer: span.clone(),
            entry: entry
                .or(key.map(|(_, range)| range.start))
                .unwrap_or(span.start),
            key: key.map(|(_, range)| range.clone()),
            inside: Vec::new(),
            span,
            anchor: None,
            flow: self.in_flow(),
            indent: self.indent(),
            shape,
        });
        self.sites.len() - 1
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one event")]
    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        id: usize,
        tag: Option<&Tag>,
        span: &Span,
        anchor: Option<Range<usize>>,
        entry: Option<usize>,
    ) -> Result<()> {
        let mut range = bytes(span);
        let outer = start_of(span, anchor.as_ref());
        let blank = style == ScalarStyle::Plain && range.is_empty();
        let typed = scalar::typed(if blank { "" } else { text }, style, tag);
        let end = range.end;
        if let Some(open) = self.stack.last_mut()
            && open.is_map
            && open.key.is_none()
        {
            let key = match typed {
                Ok(Value::Str(name)) => Key::Text(name.text().unwrap_or_default().to_owned()),
                _ => Key::Other(text.to_owned()),
            };
            if !open.names.insert(text.to_owned()) && self.roots.is_empty() {
                return Err(malformed(&format!(
                    "the key {text} stands twice in one map, line {}",
                    span.start.line()
                )));
            }
            open.key = Some((key, outer..end));
            if id > 0 {
                self.anchors.insert(id, (Value::text(text), usize::MAX));
            }
            self.prior.set(end);
            return Ok(());
        }
        let value = typed.map_err(|why| {
            Failure::new(format!("{why}, line {}", span.start.line())).exit(exit::ENCRYPT_TREE)
        })?;
        let mut value = value;
        let mut changed = false;
        let shape = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                if range.end == self.text.len() && !self.text.ends_with('\n') {
                    // go-yaml has no line break at the end where the text has none; what is added
                    // below would make one, so that the header must say it.
                    changed = true;
                    value = without_last_break(value);
                }
                let header = self.header(outer.min(range.start));
                // Blank lines behind a block stay where they are, whatever becomes of it.
                range.end = range.start
                    + self.text[range.clone()]
                        .trim_end_matches([' ', '\t', '\r', '\n'])
                        .len();
                if range.is_empty() {
                    range = header.end..header.end;
                }
                Shape::Block(header)
            }
            style => Shape::Scalar(style),
        };
        let from = match &shape {
            Shape::Block(header) => outer.min(header.start),
            _ => outer,
        };
        let end = range.end;
        let site = self.site(range.clone(), entry, shape);
        self.sites[site].outer = from..end;
        self.sites[site].anchor = anchor;
        if id > 0 {
            self.anchors.insert(id, (value.clone(), site));
        }
        if blank {
            self.prior.blank(end);
        } else {
            self.prior.set(end);
        }
        self.add(value, site);
        if changed {
            self.mark_changed();
        }
        Ok(())
    }

    fn mark_changed(&mut self) {
        let items = self.stack.last_mut().map(|open| &mut open.items);
        let last = items.and_then(|items| items.iter_mut().rev().find_map(Item::node_mut));
        if let Some(node) = last {
            node.changed = true;
        }
    }

    /// The header of the block scalar whose lines or properties start at `before`.
    fn header(&self, before: usize) -> Range<usize> {
        let mut at = self.prior.end;
        let mut length = 0;
        while at < self.text.len() {
            let rest = &self.text[at..];
            match rest.as_bytes()[0] {
                b'!' | b'&' => at += rest.find(char::is_whitespace).unwrap_or(rest.len()),
                b'|' | b'>' => {
                    length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    break;
                }
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        let at = at.min(before.max(at));
        at..at + length
    }

    fn alias(&mut self, id: usize, span: &Span, entry: Option<usize>) -> Result<()> {
        let range = bytes(span);
        let Some((value, target)) = self.anchors.get(&id).cloned() else {
            return Err(malformed(&format!(
                "the value of an anchor contains itself, line {}",
                span.start.line()
            )));
        };
        self.prior.set(range.end);
        if let Some(open) = self.stack.last_mut()
            && open.is_map
            && open.key.is_none()
        {
            let name = value.as_str().map(str::to_owned);
            open.key = Some((
                name.map_or(Key::Other("an alias".to_owned()), Key::Text),
                range,
            ));
            return Ok(());
        }
        let value = unread(value, &mut self.unfolded);
        if self.unfolded > UNFOLDED + 10 * self.text.len() {
            return Err(malformed("the aliases unfold to too much"));
        }
        let site = self.site(range, entry, Shape::Alias(target));
        self.add(value, site);
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one event")]
    fn open(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        id: usize,
        tagged: bool,
        span: &Span,
        anchor: Option<Range<usize>>,
        entry: Option<usize>,
    ) {
        let range = bytes(span);
        let outer = if tagged || anchor.is_some() {
            start_of(span, anchor.as_ref())
        } else {
            range.start
        };
        let flow = style == StructureStyle::Flow;
        let start = match is_map {
            false if !flow => self.dash(range.start).unwrap_or(range.start),
            _ => range.start,
        };
        let column = self.column(start);
        let shape = if flow {
            Shape::Flow
        } else {
            Shape::Rows(column)
        };
        let is_key = self
            .stack
            .last()
            .is_some_and(|open| open.is_map && open.key.is_none());
        let site = self.site(start..range.end, entry, shape);
        self.sites[site].outer.start = outer.min(start);
        self.sites[site].anchor = anchor;
        if flow {
            self.prior.set(range.end);
        }
        self.stack.push(Open {
            items: self.pending.take(),
            is_map,
            flow,
            column,
            key: None,
            is_key,
            after: Vec::new(),
            site,
            anchor: id,
            names: HashSet::new(),
        });
    }

    fn column(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        self.text[start..at]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
    }

    fn close(&mut self, span: &Span) {
        let Some(mut open) = self.stack.pop() else {
            return;
        };
        open.items.append(&mut open.after);
        if open.flow {
            self.prior.set(bytes(span).end);
        }
        let end = self.prior.end;
        self.sites[open.site].span.end = end;
        self.sites[open.site].outer.end = end;
        self.sites[open.site].inside = sites_of(&open.items);
        let value = if open.is_map {
            Value::Map(open.items)
        } else {
            Value::List(open.items)
        };
        if open.is_key {
            let name = value.kind().to_owned();
            if let Some(parent) = self.stack.last_mut() {
                parent.key = Some((Key::Other(name), self.sites[open.site].outer.clone()));
            }
            return;
        }
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, (value.clone(), open.site));
        }
        self.add(value, open.site);
    }

    /// Puts a value where it belongs: into the collection that is open, or at the root.
    fn add(&mut self, value: Value, site: usize) {
        let Some(open) = self.stack.last_mut() else {
            self.pending.root = Some((value, site));
            return;
        };
        let key = open.key.take().map_or(Key::None, |(key, _)| key);
        open.items.push(Item::Node(Node {
            key,
            value,
            site: Some(site),
            changed: false,
        }));
        open.items.append(&mut open.after);
    }

    fn end_document(&mut self, span: &Span) {
        let range = bytes(span);
        let (value, site) = match self.pending.root.take() {
            Some((value, site)) => (value, Some(site)),
            None => (Value::Null, None),
        };
        self.documents.push(Document {
            root: site,
            end: if range.is_empty() {
                usize::MAX
            } else {
                range.start
            },
        });
        if !range.is_empty() {
            self.prior.set(range.end);
        }
        let mut items = match value {
            Value::Map(items) => items,
            // What is no map is told at the end, once the text is known to be YAML.
            Value::Null => Vec::new(),
            other => vec![Item::Node(Node::new(Key::None, other))],
        };
        items.extend(self.pending.take());
        self.roots.push(items);
    }

    pub(super) fn comment(&mut self, range: Range<usize>) -> Item {
        let text = self.text[range.start + 1..range.end].trim_end_matches('\r');
        let text = text.into();
        let site = self.site(range, None, Shape::Comment);
        Item::Comment(Comment {
            text,
            site: Some(site),
            changed: false,
        })
    }

    fn finish(mut self) -> Result<(Roots, Source)> {
        self.take_comments(&Next::document_end(0, usize::MAX));
        let left = self.pending.take();
        if let Some(root) = self.roots.last_mut() {
            root.extend(left);
        }
        for root in &self.roots {
            if let Some(node) = root.iter().find_map(Item::node)
                && node.key == Key::None
            {
                return Err(malformed(&format!(
                    "the root of a document must be a map, not {}",
                    node.value.kind()
                )));
            }
        }
        for document in &mut self.documents {
            document.end = document.end.min(self.text.len());
        }
        Ok((
            self.roots,
            Source {
                text: self.text.to_owned(),
                sites: self.sites,
                documents: self.documents,
            },
        ))
    }
}

fn without_last_break(value: Value) -> Value {
    match value.as_str().and_then(|text| text.strip_suffix('\n')) {
        Some(text) => Value::text(text),
        None => value,
    }
}

/// The sites of what a collection holds.
fn sites_of(items: &[Item]) -> Vec<usize> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Comment(comment) => comment.site,
            Item::Node(node) => node.site,
        })
        .collect()
}

/// The value as an alias of it stands in the tree: with no sites of its own.
fn unread(mut value: Value, count: &mut usize) -> Value {
    *count += 1;
    if let Value::Map(items) | Value::List(items) = &mut value {
        for item in items {
            match item {
                Item::Comment(comment) => comment.site = None,
                Item::Node(node) => {
                    node.site = None;
                    node.value = unread(std::mem::replace(&mut node.value, Value::Null), count);
                }
            }
        }
    }
    value
}

pub(super) fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn start_of(span: &Span, anchor: Option<&Range<usize>>) -> usize {
    let tag = span.tag_span().map(|span| bytes(&span).start);
    [tag, anchor.map(|range| range.start)]
        .into_iter()
        .flatten()
        .fold(bytes(span).start, usize::min)
}

fn start(event: &Event<'_>, span: &Span) -> usize {
    match event {
        Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) => {
            start_of(span, None)
        }
        _ => bytes(span).start,
    }
}

fn malformed(why: &str) -> Failure {
    Failure::new(format!("cannot read the YAML: {why}")).exit(exit::READ)
}
