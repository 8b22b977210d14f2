//! Writes JSON as sops does, with a tab for each level by default.

use crate::failure::{Failure, Result};
use crate::sops::decimal;
use crate::sops::exit;
use crate::sops::tree::{Item, Node, Value};

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
pub(in crate::sops) fn compact(value: &Value) -> String {
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
    if number == 0.0 && number.is_sign_negative() {
        // Without its point it would be an integer, which has no such zero: the MAC of sops's own files does
        // not fit there.
        return "-0.0".to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = decimal::scientific(number);
        return match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                format!("{digits}e+{exponent}")
            }
            _ => text,
        };
    }
    decimal::plain(number)
}

/// As Go's encoder: what is special in HTML is escaped too, what is no UTF-8 is replaced.
fn string(bytes: &[u8], out: &mut String) {
    out.push('"');
    let text = String::from_utf8_lossy(bytes);
    let mut rest = 0;
    for (at, special) in text.match_indices(is_special) {
        out.push_str(&text[rest..at]);
        rest = at + special.len();
        special.chars().for_each(|char| escape(char, out));
    }
    out.push_str(&text[rest..]);
    out.push('"');
}

fn is_special(char: char) -> bool {
    matches!(
        char,
        '"' | '\\' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..'\u{20}'
    )
}

fn escape(char: char, out: &mut String) {
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        char => out.push_str(&format!("\\u{:04x}", u32::from(char))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_as_by_go() {
        let mut out = String::new();
        string(
            b"<a> & \"b\" \\ \x08\x0c\n\r\t\x01\x7f \xe2\x80\xa8\xe2\x80\xa9 \xd0\xba\xff plain",
            &mut out,
        );
        assert_eq!(
            out,
            "\"\\u003ca\\u003e \\u0026 \\\"b\\\" \\\\ \\b\\f\\n\\r\\t\\u0001\u{7f} \\u2028\\u2029 к\u{fffd} plain\""
        );
    }
}
