//! The JSON store: read in order, written as sops writes it, with a tab for each level by default.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use super::exit;
use super::tree::{Item, Key, Node, Roots, Value};
use crate::failure::{Failure, Result};

/// Reads an object; keys may stand in it twice, as in sops.
///
/// # Errors
/// When the text is no JSON, or its root is no object.
pub fn read(bytes: &[u8]) -> Result<Roots> {
    match read_value(bytes)? {
        Value::Map(items) => Ok(vec![items]),
        other => Err(malformed(&format!(
            "the root must be an object, not {}",
            other.kind()
        ))),
    }
}

/// Reads any one value.
///
/// # Errors
/// When the bytes are no JSON.
pub fn read_value(bytes: &[u8]) -> Result<Value> {
    let text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
    let mut reader = serde_json::Deserializer::from_str(&text);
    reader
        .deserialize_any(Read)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| malformed(&error.to_string()))
}

fn malformed(why: &str) -> Failure {
    Failure::new(format!("cannot read the JSON: {why}")).exit(exit::READ)
}

/// Makes values of what serde_json reads.
struct Read;

impl<'de> serde::de::DeserializeSeed<'de> for Read {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> std::result::Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, says: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(says))
    }

    fn visit_i64<E: Error>(self, number: i64) -> std::result::Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> std::result::Result<Value, E> {
        // What is beyond 64 bits with a sign is a float, as in sops.
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
    }

    fn visit_f64<E: Error>(self, number: f64) -> std::result::Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> std::result::Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(value) = seq.next_element_seed(Read)? {
            items.push(Item::Node(Node::new(Key::None, value)));
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Read)?;
            items.push(Item::Node(Node::new(Key::Text(key), value)));
        }
        Ok(Value::Map(items))
    }
}

/// How deep a level is indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// By a tab: sops's default.
    Tab,
    /// By spaces.
    Spaces(usize),
}

/// Writes a document; comments have no place in JSON.
///
/// # Errors
/// When a number is infinite or none.
pub fn write(root: &[Item], indent: Indent) -> Result<Vec<u8>> {
    let unit = match indent {
        Indent::Tab => "\t".to_owned(),
        Indent::Spaces(count) => " ".repeat(count),
    };
    let mut out = String::new();
    object(root, Some((&unit, 0)), &mut out);
    out.push('\n');
    match odd_number(root) {
        Some(name) => Err(Failure::new(format!("JSON has no number like {name}")).exit(exit::DUMP)),
        None => Ok(out.into_bytes()),
    }
}

/// Writes one value, indented like a document.
pub fn write_value(value: &Value, indent: Indent) -> String {
    let unit = match indent {
        Indent::Tab => "\t".to_owned(),
        Indent::Spaces(count) => " ".repeat(count),
    };
    let mut out = String::new();
    any(value, Some((&unit, 0)), &mut out);
    out
}

/// Writes a value in one line.
pub(super) fn compact(value: &Value) -> String {
    let mut out = String::new();
    any(value, None, &mut out);
    out
}

fn odd_number(items: &[Item]) -> Option<String> {
    items
        .iter()
        .filter_map(Item::node)
        .find_map(|node| match &node.value {
            Value::Float(number) if !number.is_finite() => Some(number.to_string()),
            value => odd_number(value.items()?),
        })
}

type Level<'a> = Option<(&'a str, usize)>;

fn any(value: &Value, level: Level<'_>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(says) => out.push_str(if *says { "true" } else { "false" }),
        Value::Int(number) => out.push_str(&number.to_string()),
        Value::Float(number) => out.push_str(&float(*number)),
        Value::Time(time) => string(time.text().as_bytes(), out),
        Value::Str(text) => string(text.bytes(), out),
        Value::Map(items) => object(items, level, out),
        Value::List(items) => {
            let nodes = items.iter().filter_map(Item::node);
            list("[", "]", nodes, level, out, |node, level, out| {
                any(&node.value, level, out);
            });
        }
    }
}

fn object(items: &[Item], level: Level<'_>, out: &mut String) {
    let nodes = items.iter().filter_map(Item::node);
    list("{", "}", nodes, level, out, |node, level, out| {
        string(node.key.text().unwrap_or_default().as_bytes(), out);
        out.push_str(": ");
        any(&node.value, level, out);
    });
}

fn list<'a>(
    open: &str,
    close: &str,
    nodes: impl Iterator<Item = &'a Node>,
    level: Level<'_>,
    out: &mut String,
    write: impl Fn(&Node, Level<'_>, &mut String),
) {
    out.push_str(open);
    let inner = level.map(|(unit, depth)| (unit, depth + 1));
    let mut is_empty = true;
    for node in nodes {
        if !is_empty {
            out.push(',');
            if level.is_none() {
                out.push(' ');
            }
        }
        is_empty = false;
        line(inner, out);
        write(node, inner, out);
    }
    if !is_empty {
        line(level, out);
    }
    out.push_str(close);
}

fn line(level: Level<'_>, out: &mut String) {
    if let Some((unit, depth)) = level {
        out.push('\n');
        out.push_str(&unit.repeat(depth));
    }
}

/// As Go's encoder: an exponent for the very small and the very large.
fn float(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{number:e}");
        return match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                format!("{digits}e+{exponent}")
            }
            _ => text,
        };
    }
    number.to_string()
}

/// As Go's encoder: what is special in HTML is escaped too, what is no UTF-8 is replaced.
fn string(bytes: &[u8], out: &mut String) {
    out.push('"');
    for char in String::from_utf8_lossy(bytes).chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..'\u{20}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            char => out.push(char),
        }
    }
    out.push('"');
}
