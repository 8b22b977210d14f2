//! Reads scalars, keys among them.

use std::ops::Range;

use granit_parser::{ScalarStyle, Span, Tag};

use super::{Reader, bytes, dialect, malformed, start_of};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Item, Key, Value};
use crate::sops::yaml::scalar;
use crate::sops::yaml::site::Shape;

impl Reader<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one event")]
    pub(super) fn scalar(
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
            if let Some(why) =
                dialect::why_no_key(&self.text[range.start..], range.len(), open.flow)
            {
                let line = span.start.line();
                return Err(malformed(&format!("{why}, line {line}")));
            }
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
            self.heads = 0;
            self.prior.set(end);
            return Ok(());
        }
        let value = typed.map_err(|why| {
            Failure::new(format!("{why}, line {}", span.start.line())).exit(exit::ENCRYPT_TREE)
        })?;
        let mut value = value;
        // Written anew, it is the same text for go-yaml.
        let mut changed = style == ScalarStyle::DoubleQuoted
            && dialect::has_json_escapes(&self.text[range.clone()]);
        let shape = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                if range.end == self.text.len() && !self.text.ends_with('\n') {
                    // go-yaml has no line break at the end where the text has none; what is added
                    // below would make one, so that the header must say it.
                    changed = true;
                    value = without_last_break(value);
                }
                let header = self.header(outer.min(range.start));
                // Blank lines behind a block stay where they are, whatever becomes of it, but for tabs: they
                // would indent.
                let lines = &self.text[range.clone()];
                let blank = lines.trim_end_matches([' ', '\t', '\r', '\n']).len();
                let tab = lines[blank..].rfind('\t').map_or(0, |at| at + 1);
                range.end = range.start + blank + tab;
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
        if blank && id == 0 && tag.is_none() {
            self.carry_heads();
        }
        self.heads = 0;
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

    pub(super) fn mark_changed(&mut self) {
        let items = self.stack.last_mut().map(|open| &mut open.items);
        let last = items.and_then(|items| items.iter_mut().rev().find_map(Item::node_mut));
        if let Some(node) = last {
            node.changed = true;
        }
    }

    /// The header of the block scalar whose lines or properties start at `before`.
    pub(super) fn header(&self, before: usize) -> Range<usize> {
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
}

fn without_last_break(value: Value) -> Value {
    match value.as_str().and_then(|text| text.strip_suffix('\n')) {
        Some(text) => Value::text(text),
        None => value,
    }
}
