//! Where an event stands in the text, in bytes.

use std::ops::Range;

use granit_parser::{Event, Span};

/// From its first byte to the one behind its last.
pub(in crate::sops::yaml) fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

/// Where a node starts, its tag and anchor included.
pub(super) fn start_of(span: &Span, anchor: Option<&Range<usize>>) -> usize {
    let tag = span.tag_span().map(|span| bytes(&span).start);
    [tag, anchor.map(|range| range.start)]
        .into_iter()
        .flatten()
        .fold(bytes(span).start, usize::min)
}

/// Where an event starts, a tag included.
pub(super) fn start(event: &Event<'_>, span: &Span) -> usize {
    match event {
        Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) => {
            start_of(span, None)
        }
        _ => bytes(span).start,
    }
}
