//! Looks ahead: the token that follows, and the dash of an element.

use std::ops::Range;

use granit_parser::{Event, Span};

use super::{Reader, bytes, start};
use crate::sops::yaml::read::comments::Next;

impl Reader<'_> {
    /// The token that comments before an event belong to: blocks that end here have none of their own.
    pub(super) fn next_token(&self, from: usize) -> Next {
        let mut closes = 0;
        for (at, (event, span)) in self.events.iter().enumerate().skip(from) {
            let depth = self.stack.len() - closes.min(self.stack.len());
            let top = depth.checked_sub(1).map(|top| &self.stack[top]);
            let start = match self.events.get(at + 1) {
                Some((Event::Anchor(..), anchor)) => start(event, span).min(bytes(anchor).start),
                _ => start(event, span),
            };
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
    pub(super) fn document_limit(&self, from: usize, limit: usize) -> usize {
        self.events[from..]
            .iter()
            .find_map(|(event, span)| match event {
                Event::DocumentStart(true, _) => Some(bytes(span).start),
                _ => None,
            })
            .map_or(limit, |marker| limit.min(marker))
    }

    /// The dash of an element, where the event starts one: the first between the last token and this one.
    pub(super) fn take_dash(
        &mut self,
        event: &Event<'_>,
        span: &Span,
        anchor: Option<&Range<usize>>,
    ) -> Option<usize> {
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
        let limit = anchor.map_or(limit, |anchor| limit.min(anchor.start));
        let dash = self.dash(limit)?;
        self.prior.dash(dash);
        let next = Next::after_dash(event, span, limit, self);
        self.take_comments(&next);
        Some(dash)
    }

    /// The first dash between the last token and `limit`, comments left out.
    pub(in crate::sops::yaml) fn dash(&self, limit: usize) -> Option<usize> {
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
}
