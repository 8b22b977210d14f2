//! A scalar as the parser tells it.

use std::ops::Range;

use granit_parser::{ScalarStyle, Span, Tag};

use crate::failure::Result;
use crate::sops::tree::Value;
use crate::sops::yaml::read::{bytes, start_of};
use crate::sops::yaml::scalar;

/// What one event tells.
pub(in crate::sops::yaml::read) struct Scalar<'e> {
    pub(in crate::sops::yaml::read) text: &'e str,
    pub(in crate::sops::yaml::read) style: ScalarStyle,
    /// The number of its anchor; 0 where it has none.
    pub(in crate::sops::yaml::read) id: usize,
    pub(in crate::sops::yaml::read) tag: Option<&'e Tag>,
    pub(in crate::sops::yaml::read) span: &'e Span,
    pub(in crate::sops::yaml::read) anchor: Option<Range<usize>>,
}

impl Scalar<'_> {
    /// Whether nothing is written where it stands.
    pub(super) fn is_blank(&self) -> bool {
        self.style == ScalarStyle::Plain && bytes(self.span).is_empty()
    }

    pub(super) fn typed(&self) -> Result<Value, String> {
        let text = if self.is_blank() { "" } else { self.text };
        scalar::typed(text, self.style, self.tag)
    }

    /// Where it begins, with its anchor.
    pub(super) fn start(&self) -> usize {
        start_of(self.span, self.anchor.as_ref())
    }

    pub(super) fn line(&self) -> usize {
        self.span.start.line()
    }
}
