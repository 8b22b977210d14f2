//! Writes a tree as YAML from nothing, for values that were not read from YAML.

use super::scalar;
use crate::sops::json;
use crate::sops::tree::{Item, Key, Node, Value};

/// Writes documents, each nested block indented by `step`.
pub fn emit(roots: &[Vec<Item>], step: usize) -> String {
    let mut out = String::new();
    for (index, root) in roots.iter().enumerate() {
        if index > 0 {
            out.push_str("---\n");
        }
        if root.iter().all(|item| item.node().is_none()) {
            out.push_str("{}\n");
        }
        out.push_str(&lines(root, 0, 0, step).join("\n"));
        out.push('\n');
    }
    out
}

/// Writes one value as a document of its own.
pub fn emit_value(value: &Value, step: usize) -> String {
    let lines = match value {
        Value::Map(items) | Value::List(items) if !items.is_empty() => lines(items, 0, 0, step),
        value => vec![in_line(value)],
    };
    lines.join("\n") + "\n"
}

/// The lines of a block at a column. What is below its entries is indented from `base`: the column itself, or
/// that of the dash before its first entry.
fn lines(items: &[Item], column: usize, base: usize, step: usize) -> Vec<String> {
    let margin = " ".repeat(column);
    let mut out = Vec::new();
    for item in items {
        match item {
            Item::Comment(comment) => {
                let text = comment.text.text().unwrap_or_default();
                out.push(format!("{margin}#{text}"));
            }
            Item::Node(node) => entry(node, column, base, step, &mut out),
        }
    }
    out
}

/// The lines of one entry or element.
pub(super) fn entry(node: &Node, column: usize, base: usize, step: usize, out: &mut Vec<String>) {
    let margin = " ".repeat(column);
    let (head, inner, inner_base) = match &node.key {
        Key::Text(name) => {
            let inner = base + step;
            let inner = if inner > column { inner } else { column + step };
            (
                format!("{margin}{}:", scalar::string(name, false)),
                inner,
                inner,
            )
        }
        Key::None | Key::Other(_) => (format!("{margin}-"), column + 2, column),
    };
    let holds = |items: &[Item]| items.iter().any(|item| item.node().is_some());
    match &node.value {
        Value::Map(items) | Value::List(items) if holds(items) => {
            let is_list = matches!(node.value, Value::List(_));
            let inner_base = if is_list { inner } else { inner_base };
            let below = lines(items, inner, inner_base, step);
            // An element's first entry stands behind the dash.
            match (&node.key, items.first()) {
                (Key::None, Some(Item::Node(_))) => {
                    let mut below = below.into_iter();
                    let first = below.next().unwrap_or_default();
                    out.push(format!("{head} {}", first.trim_start()));
                    out.extend(below);
                }
                _ => {
                    out.push(head);
                    out.extend(below);
                }
            }
        }
        Value::Map(items) | Value::List(items) => {
            out.extend(lines(items, column, base, step));
            out.push(format!("{head} {}", scalar::write(&node.value, false).line));
        }
        value => {
            let written = scalar::write(value, false);
            out.push(format!("{head} {}", written.line));
            let margin = " ".repeat(inner);
            out.extend(written.below.into_iter().flatten().map(|line| {
                if line.is_empty() {
                    line
                } else {
                    format!("{margin}{line}")
                }
            }));
        }
    }
}

/// A scalar in one line.
fn in_line(value: &Value) -> String {
    scalar::write(value, true).line
}

/// The value in one line, for use within braces: JSON is YAML.
pub(super) fn in_flow(value: &Value) -> String {
    json::compact(value)
}
