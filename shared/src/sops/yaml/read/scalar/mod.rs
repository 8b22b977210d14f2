//! Reads scalars, keys among them.

mod event;

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::{Reader, bytes, dialect, malformed};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{Item, Key, Value};
use crate::sops::yaml::site::Shape;

pub(super) use event::Scalar;

/// A value and where it is written.
struct Written {
    value: Value,
    range: Range<usize>,
    shape: Shape,
    /// Whether it is to be written anew although its value stays.
    is_changed: bool,
}

impl Reader<'_> {
    pub(in crate::sops::yaml::read) fn scalar(
        &mut self,
        scalar: Scalar<'_>,
        entry: Option<usize>,
    ) -> Result<()> {
        let open = self.stack.last();
        if open.is_some_and(|open| open.is_map && open.key.is_none()) {
            self.key(&scalar)
        } else {
            self.value(scalar, entry)
        }
    }

    fn key(&mut self, scalar: &Scalar<'_>) -> Result<()> {
        let Some(open) = self.stack.last_mut() else {
            return Ok(());
        };
        let (text, line, range) = (scalar.text, scalar.line(), bytes(scalar.span));
        if let Some(why) = dialect::why_no_key(&self.text[range.start..], range.len(), open.flow) {
            return Err(malformed(&format!("{why}, line {line}")));
        }
        let key = match scalar.typed() {
            Ok(Value::Str(name)) => Key::Text(name.text().unwrap_or_default().to_owned()),
            _ => Key::Other(text.to_owned()),
        };
        if !open.names.insert(text.to_owned()) && self.roots.is_empty() {
            return Err(malformed(&format!(
                "the key {text} stands twice in one map, line {line}"
            )));
        }
        open.key = Some((key, scalar.start()..range.end));
        if scalar.id > 0 {
            self.anchors
                .insert(scalar.id, (Value::text(text), usize::MAX));
        }
        self.heads = 0;
        self.prior.set(range.end);
        Ok(())
    }

    fn value(&mut self, scalar: Scalar<'_>, entry: Option<usize>) -> Result<()> {
        let value = scalar.typed().map_err(|why| {
            Failure::new(format!("{why}, line {}", scalar.line())).exit(exit::ENCRYPT_TREE)
        })?;
        let (start, is_blank) = (scalar.start(), scalar.is_blank());
        let Written {
            value,
            range,
            shape,
            is_changed,
        } = self.written(&scalar, value);
        let from = match &shape {
            Shape::Block(header) => start.min(header.start),
            _ => start,
        };
        let end = range.end;
        let site = self.site(range, entry, shape);
        self.sites[site].outer = from..end;
        self.sites[site].anchor = scalar.anchor;
        if scalar.id > 0 {
            self.anchors.insert(scalar.id, (value.clone(), site));
        }
        if is_blank && scalar.id == 0 && scalar.tag.is_none() {
            self.carry_heads();
        }
        self.heads = 0;
        if is_blank {
            self.prior.blank(end);
        } else {
            self.prior.set(end);
        }
        self.add(value, site);
        if is_changed {
            self.mark_changed();
        }
        Ok(())
    }

    fn written(&self, scalar: &Scalar<'_>, value: Value) -> Written {
        let range = bytes(scalar.span);
        match scalar.style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.block(scalar, range, value),
            style => Written {
                value,
                // Written anew, it is the same text for go-yaml.
                is_changed: style == ScalarStyle::DoubleQuoted
                    && dialect::has_json_escapes(&self.text[range.clone()]),
                range,
                shape: Shape::Scalar(style),
            },
        }
    }

    fn block(&self, scalar: &Scalar<'_>, mut range: Range<usize>, value: Value) -> Written {
        // go-yaml has no line break at the end where the text has none; what is added below would make one, so that
        // the header must say it.
        let is_cut = range.end == self.text.len() && !self.text.ends_with('\n');
        let header = self.header(scalar.start().min(range.start));
        // Blank lines behind a block stay where they are, whatever becomes of it, but for tabs: they would indent.
        let lines = &self.text[range.clone()];
        let blank = lines.trim_end_matches([' ', '\t', '\r', '\n']).len();
        let tab = lines[blank..].rfind('\t').map_or(0, |at| at + 1);
        range.end = range.start + blank + tab;
        if range.is_empty() {
            range = header.end..header.end;
        }
        Written {
            value: if is_cut {
                without_last_break(value)
            } else {
                value
            },
            range,
            shape: Shape::Block(header),
            is_changed: is_cut,
        }
    }

    pub(in crate::sops::yaml::read) fn mark_changed(&mut self) {
        let items = self.stack.last_mut().map(|open| &mut open.items);
        let last = items.and_then(|items| items.iter_mut().rev().find_map(Item::node_mut));
        if let Some(node) = last {
            node.changed = true;
        }
    }

    /// The header of the block scalar whose lines or properties start at `before`.
    pub(in crate::sops::yaml::read) fn header(&self, before: usize) -> Range<usize> {
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
