//! Writes sections and keys, names of a section aligned.

use super::{DEFAULT, read};
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::text;
use crate::sops::tree::{Comment, Item, Node, Value};

/// Writes the sections.
///
/// # Errors
/// When the document is no map of maps of scalars.
pub fn write(root: &[Item]) -> Result<Vec<u8>> {
    let sections: Vec<&Node> = root.iter().filter_map(Item::node).collect();
    let mut out = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let name = section.key.text().unwrap_or_default();
        let Value::Map(items) = &section.value else {
            return Err(wrong(&format!(
                "{name} is {}, not a section",
                section.value.kind()
            )));
        };
        let has_keys = items.iter().any(|item| item.node().is_some());
        if let Some(Item::Comment(comment)) = items.first() {
            write_comment(comment, &mut out);
        }
        if index > 0 || !name.eq_ignore_ascii_case(DEFAULT) {
            out.extend_from_slice(format!("[{name}]\n").as_bytes());
        } else if !has_keys {
            continue;
        }
        write_keys(items, &mut out)?;
        if index + 1 < sections.len() {
            out.push(b'\n');
        }
    }
    Ok(out)
}

fn write_keys(items: &[Item], out: &mut Vec<u8>) -> Result<()> {
    let width = items
        .iter()
        .filter_map(Item::node)
        .map(|node| quoted_name(node.key.text().unwrap_or_default()).len())
        .max()
        .unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        let Item::Node(node) = item else { continue };
        // The last comment behind a key is the key's, and stands above it.
        let comments = items[index + 1..].iter().map_while(|item| match item {
            Item::Comment(comment) => Some(comment),
            Item::Node(_) => None,
        });
        if let Some(comment) = comments.last() {
            write_comment(comment, out);
        }
        let name = node.key.text().unwrap_or_default();
        let value = text::plain(&node.value)
            .ok_or_else(|| wrong(&format!("{name} is {}", node.value.kind())))?;
        let line = format!("{:width$} = ", quoted_name(name));
        if !reads_back(&line, name) {
            return Err(wrong(
                "the name of a key has quotes that contradict each other",
            ));
        }
        out.extend_from_slice(line.as_bytes());
        write_value(value.bytes(), out);
        out.push(b'\n');
    }
    Ok(())
}

fn write_value(value: &[u8], out: &mut Vec<u8>) {
    let has = |bytes: &[u8]| value.iter().any(|byte| bytes.contains(byte));
    let quote: &[u8] = if has(b"\n`") {
        b"\"\"\""
    } else if has(b"#;") {
        b"`"
    } else if value.trim_ascii().len() != value.len() {
        b"\""
    } else {
        b""
    };
    out.extend_from_slice(quote);
    out.extend_from_slice(value);
    out.extend_from_slice(quote);
}

fn quoted_name(name: &str) -> String {
    if name.contains(['"', '=', ':']) {
        format!("`{name}`")
    } else if name.contains('`') {
        format!("\"\"\"{name}\"\"\"")
    } else {
        name.to_owned()
    }
}

/// Whether a line is read as one of that name.
fn reads_back(line: &str, name: &str) -> bool {
    let is_key = !line.starts_with(['#', ';', '[']) && !line.starts_with(char::is_whitespace);
    is_key && matches!(read::key_name(line), Ok((read, _)) if read == name)
}

fn write_comment(comment: &Comment, out: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(comment.text.bytes());
    if text.is_empty() {
        return;
    }
    for line in text.split('\n') {
        let (sign, rest) = match line.as_bytes().first() {
            Some(b'#') => ("#", &line[1..]),
            Some(b';') => (";", &line[1..]),
            _ => (";", line),
        };
        out.extend_from_slice(format!("{sign} {}\n", rest.trim()).as_bytes());
    }
}

fn wrong(why: &str) -> Failure {
    Failure::new(format!("an ini file cannot hold it: {why}")).exit(exit::DUMP)
}
