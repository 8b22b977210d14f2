//! Reads a YAML text into the tree, with the site of each value and comment.

mod ahead;
mod alias;
mod collection;
mod comments;
mod dialect;
mod document;
mod scalar;
mod span;

use collection::Open;
use comments::{Pending, Prior};
use scalar::Scalar;
use span::{bytes, start, start_of};

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, Span};

use super::site::{Document, Shape, Site, Source};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Comment, Item, Key, Node, Roots, Value};

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

struct Reader<'t> {
    text: &'t str,
    events: Vec<(Event<'t>, Span)>,
    at: usize,
    comments: Vec<(Range<usize>, usize)>,
    next_comment: usize,
    stack: Vec<Open>,
    pending: Pending,
    prior: Prior,
    /// How many comments were put before what comes now.
    heads: usize,
    /// Comments that wait for what takes them.
    carried: Vec<Item>,
    anchors: HashMap<usize, (Value, usize)>,
    unfolded: usize,
    sites: Vec<Site>,
    roots: Roots,
    documents: Vec<Document>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Result<Self> {
        let mut options = Options::default();
        options.emit_anchor_events = true;
        options.disallow_directives = !dialect::takes_directives(text);
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
            heads: 0,
            carried: Vec::new(),
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
        dialect::check(&event, &span, self.text, self.in_flow())?;
        let anchor = match self.events.get(self.at) {
            Some((event @ Event::Anchor(..), span)) => {
                dialect::check(event, span, self.text, self.in_flow())?;
                let range = bytes(span);
                self.at += 1;
                Some(range)
            }
            _ => None,
        };
        let entry = self.take_dash(&event, &span, anchor.as_ref());
        match event {
            Event::StreamStart | Event::StreamEnd => {}
            Event::DocumentStart(explicit, _) => self.begin_document(explicit, &span)?,
            Event::DocumentEnd => self.end_document(&span),
            Event::Alias(id) => self.alias(id, &span, entry)?,
            Event::Scalar(text, style, id, tag) => {
                let scalar = Scalar {
                    text: &text,
                    style,
                    id,
                    tag: tag.as_deref(),
                    span: &span,
                    anchor,
                };
                self.scalar(scalar, entry)?;
            }
            Event::SequenceStart(style, id, tag) => {
                self.open(false, style, id, tag.is_some(), &span, anchor, entry);
            }
            Event::MappingStart(style, id, tag) => {
                self.open(true, style, id, tag.is_some(), &span, anchor, entry);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&span)?,
            // Comments were taken out, anchors come with their nodes; later parsers may tell more.
            _ => {}
        }
        Ok(())
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
}

fn malformed(why: &str) -> Failure {
    Failure::new(format!("cannot read the YAML: {why}")).exit(exit::READ)
}
