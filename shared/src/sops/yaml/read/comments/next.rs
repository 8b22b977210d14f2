//! What follows comments: it decides whose they are.

use granit_parser::{Event, Span, StructureStyle};

use crate::sops::yaml::read::{Reader, bytes};

/// What follows comments.
pub(in crate::sops::yaml) struct Next {
    /// Comments before this byte are before it.
    pub(super) limit: usize,
    /// How many open blocks end before it.
    pub(super) closes: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A key, or an element of the list that is then open.
    Sibling,
    /// The first key or element of a block, which holds what stands before it.
    Block,
    /// Braces or brackets.
    Flow,
    /// A scalar or an alias.
    Value,
    /// The end of braces or brackets.
    FlowEnd,
    /// The end of a document: sops's own key will stand there, at the root.
    DocumentEnd,
    /// The start of a document.
    DocumentStart,
}

impl Next {
    pub(in crate::sops::yaml) fn flow_end(closes: usize, limit: usize) -> Self {
        Self {
            limit,
            closes,
            kind: Kind::FlowEnd,
        }
    }

    pub(in crate::sops::yaml) fn document_end(closes: usize, limit: usize) -> Self {
        Self {
            limit,
            closes,
            kind: Kind::DocumentEnd,
        }
    }

    pub(in crate::sops::yaml) fn document_start(limit: usize) -> Self {
        Self {
            limit,
            closes: 0,
            kind: Kind::DocumentStart,
        }
    }

    /// A node, which may be an element of a block list (`in_rows`) or a key.
    pub(in crate::sops::yaml) fn of(
        event: &Event<'_>,
        span: &Span,
        start: usize,
        closes: usize,
        in_rows: bool,
        is_key: bool,
        reader: &Reader<'_>,
    ) -> Self {
        if in_rows {
            let limit = reader.dash(start).unwrap_or(start);
            return Self {
                limit,
                closes,
                kind: Kind::Sibling,
            };
        }
        if is_key {
            return Self {
                limit: start,
                closes,
                kind: Kind::Sibling,
            };
        }
        let kind = kind(event);
        let limit = match event {
            Event::SequenceStart(StructureStyle::Block, ..) => {
                let first = bytes(span).start;
                // A comment behind an anchor or a tag is the list's.
                reader.dash(first).unwrap_or(first).min(start)
            }
            _ => start,
        };
        Self {
            limit,
            closes,
            kind,
        }
    }

    /// The element whose dash was just read.
    pub(in crate::sops::yaml) fn after_dash(
        event: &Event<'_>,
        span: &Span,
        start: usize,
        reader: &Reader<'_>,
    ) -> Self {
        let next = Self::of(event, span, start, 0, false, false, reader);
        match next.kind {
            // What stands before braces in a list is the list's.
            Kind::Flow => Self {
                kind: Kind::Value,
                ..next
            },
            _ => next,
        }
    }
}

fn kind(event: &Event<'_>) -> Kind {
    match event {
        Event::SequenceStart(StructureStyle::Block, ..)
        | Event::MappingStart(StructureStyle::Block, ..) => Kind::Block,
        Event::SequenceStart(..) | Event::MappingStart(..) => Kind::Flow,
        _ => Kind::Value,
    }
}
