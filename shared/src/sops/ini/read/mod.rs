//! Reads sections and keys.

mod name;
mod value;

pub(super) use name::key_name;

use super::DEFAULT;
use crate::failure::{Failure, Result};
use crate::sops::exit;
use crate::sops::tree::{self, Comment, Item, Node, Roots, Value};

/// Reads the sections.
///
/// # Errors
/// When a line is neither section, comment nor `name = value`.
pub fn read(bytes: &[u8]) -> Result<Roots> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Failure::new("the ini file is no UTF-8").exit(exit::READ))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        lines: text.split_inclusive('\n').enumerate(),
        comment: String::new(),
    };
    let mut root = Vec::new();
    let mut section = (DEFAULT.to_owned(), Vec::new());
    let mut count = 1;
    while let Some((number, line)) = reader.lines.next() {
        let line = line.trim_start();
        let wrong = |why: &str| {
            Failure::new(format!(
                "cannot read the ini file: line {}: {why}",
                number + 1
            ))
            .exit(exit::READ)
        };
        match line.as_bytes().first() {
            None => {}
            Some(b'#' | b';') => reader.comment.push_str(line),
            Some(b'[') => {
                let end = line.rfind(']').ok_or_else(|| wrong("unclosed section"))?;
                let name = &line[1..end];
                if name.is_empty() {
                    return Err(wrong("a section without a name"));
                }
                reader.inline_comment(&line[end + 1..]);
                let items = reader.comment_item().into_iter().collect();
                root.push(finished(std::mem::replace(
                    &mut section,
                    (name.to_owned(), items),
                )));
                count = 1;
            }
            Some(_) => {
                let (mut name, rest) = key_name(line).map_err(wrong)?;
                if name == "-" {
                    name = format!("#{count}");
                    count += 1;
                }
                let value = reader.value(rest).map_err(wrong)?;
                let comment = reader.comment_item();
                set(&mut section.1, &name, &value, comment);
            }
        }
    }
    root.push(finished(section));
    Ok(vec![root])
}

fn finished((name, items): (String, Vec<Item>)) -> Item {
    Item::Node(Node::new(tree::Key::Text(name), Value::Map(items)))
}

/// A name that stands twice keeps its place and takes the last value.
fn set(items: &mut Vec<Item>, name: &str, value: &str, comment: Option<Item>) {
    let at = items.iter().position(|item| {
        item.node()
            .is_some_and(|node| node.key.text() == Some(name))
    });
    let Some(at) = at else {
        items.push(Item::Node(Node::new(name.into(), Value::text(value))));
        items.extend(comment);
        return;
    };
    if let Some(node) = items[at].node_mut() {
        node.value = Value::text(value);
    }
    if matches!(items.get(at + 1), Some(Item::Comment(_))) {
        items.remove(at + 1);
    }
    if let Some(comment) = comment {
        items.insert(at + 1, comment);
    }
}

struct Reader<'t> {
    lines: std::iter::Enumerate<std::str::SplitInclusive<'t, char>>,
    /// The comment lines that were read, for the section or key to come.
    comment: String,
}

impl Reader<'_> {
    fn inline_comment(&mut self, rest: &str) {
        if let Some(at) = rest.find(['#', ';']) {
            self.comment.push_str(&rest[at..]);
        }
    }

    /// The comment for what was just read, without the sign that starts it.
    fn comment_item(&mut self) -> Option<Item> {
        let comment = std::mem::take(&mut self.comment);
        let comment = comment.trim();
        let text = match comment.as_bytes().first()? {
            b';' => comment.trim_start_matches([';', ' ']),
            b'#' => comment.trim_start_matches(['#', ' ']),
            _ => comment,
        };
        // sops cannot write a comment whose first line is empty: it panics.
        let text = text.trim_start_matches(['\n', '\r']);
        Some(Item::Comment(Comment {
            text: text.into(),
            site: None,
            changed: false,
        }))
    }
}
