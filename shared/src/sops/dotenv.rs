//! The dotenv store: lines of `NAME=value` and of comments, nothing else; quotes and `export` are literal.

use super::exit;
use super::text;
use super::tree::{Comment, Item, Key, Node, Roots, Value};
use crate::failure::{Failure, Result};
use crate::secret::Secret;

/// Reads the lines; `\n` in a value is a line break.
///
/// # Errors
/// When a line has no equals sign, or its name is no UTF-8.
pub fn read(bytes: &[u8]) -> Result<Roots> {
    let mut root = Vec::new();
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let wrong = |why| {
            Failure::new(format!(
                "cannot read the dotenv file: line {}: {why}",
                number + 1
            ))
            .exit(exit::READ)
        };
        match line {
            [] => {}
            [b'#', rest @ ..] => root.push(Item::Comment(Comment {
                text: rest.into(),
                site: None,
                changed: false,
            })),
            line => {
                let equals = line.iter().position(|byte| *byte == b'=');
                let equals = equals.ok_or_else(|| wrong("it has no equals sign"))?;
                let name = std::str::from_utf8(&line[..equals]);
                let name = name.map_err(|_| wrong("its name is no UTF-8"))?;
                let value = replace(&line[equals + 1..], b"\\n", b"\n");
                root.push(Item::Node(Node::new(name.into(), Value::Str(value))));
            }
        }
    }
    Ok(vec![root])
}

/// Writes the lines.
///
/// # Errors
/// When a value is a map or a list.
pub fn write(root: &[Item]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    for item in root {
        match item {
            Item::Comment(comment) => {
                out.push(b'#');
                out.extend_from_slice(comment.text.bytes());
            }
            Item::Node(node) => {
                let name = match &node.key {
                    Key::Text(name) | Key::Other(name) => name.as_str(),
                    Key::None => "",
                };
                let value = text::plain(&node.value).ok_or_else(|| {
                    Failure::new(format!("a dotenv file cannot hold {}", node.value.kind()))
                        .exit(exit::DUMP)
                })?;
                out.extend_from_slice(name.as_bytes());
                out.push(b'=');
                out.extend_from_slice(replace(value.bytes(), b"\n", b"\\n").bytes());
            }
        }
        out.push(b'\n');
    }
    Ok(out)
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Secret {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        if let Some(after) = rest.strip_prefix(from) {
            out.extend_from_slice(to);
            rest = after;
        } else {
            out.push(*first);
            rest = &rest[1..];
        }
    }
    out.into()
}
