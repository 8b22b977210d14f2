//! Visits the values and comments of a document in the order that sops does.

use super::tree::{Comment, Item, Key, Node, Value};
use crate::failure::{Exit, Failure, Result};

/// Where a value or comment stands.
pub struct Place<'a> {
    /// The names of the maps on the way, and of the value itself.
    pub path: Vec<&'a str>,
    /// The comments that stand before it, a list for each map and list on the way.
    pub comments: &'a [Vec<String>],
}

impl Place<'_> {
    /// The place as text: what the value is encrypted under.
    pub fn aad(&self) -> String {
        let mut aad = self.path.join(":");
        aad.push(':');
        aad
    }
}

/// What is done with values and comments.
pub trait Visit {
    /// The status of a key that is no text.
    const EXIT: Exit;

    /// A value that is neither map nor list. What it returns takes the value's place.
    ///
    /// # Errors
    /// When the visitor cannot go on.
    fn leaf(&mut self, node: &mut Node, place: &Place<'_>) -> Result<Option<Comment>>;

    /// A comment; `others` are further places (see [`Place::aad`]) that it may have been encrypted at.
    ///
    /// # Errors
    /// When the visitor cannot go on.
    fn comment(
        &mut self,
        comment: &mut Comment,
        place: &Place<'_>,
        others: &[String],
    ) -> Result<()>;
}

/// Visits all that a document holds.
///
/// # Errors
/// When a key is no text, or the visitor fails.
pub fn walk<V: Visit>(root: &mut [Item], visitor: &mut V) -> Result<()> {
    let mut names = Vec::new();
    items(root, &mut names, &mut Vec::new(), visitor)
}

fn items<V: Visit>(
    items_: &mut [Item],
    names: &mut Vec<String>,
    comments: &mut Vec<Vec<String>>,
    visitor: &mut V,
) -> Result<()> {
    comments.push(Vec::new());
    for index in 0..items_.len() {
        if matches!(items_[index], Item::Comment(_)) {
            let others = other_places(items_, index, names);
            if let Item::Comment(comment) = &mut items_[index] {
                remember(comment, comments);
                let place = place(names, comments);
                visitor.comment(comment, &place, &others)?;
            }
            continue;
        }
        let Item::Node(node) = &mut items_[index] else {
            continue;
        };
        let named = match &node.key {
            Key::Text(name) => {
                names.push(name.clone());
                true
            }
            Key::None => false,
            Key::Other(name) => return Err(no_text(name, names, V::EXIT)),
        };
        let becomes = match &mut node.value {
            Value::Map(inner) | Value::List(inner) => {
                items(inner, names, comments, visitor)?;
                None
            }
            _ => visitor.leaf(node, &place(names, comments))?,
        };
        if named {
            names.pop();
        }
        if let Some(comment) = becomes {
            items_[index] = Item::Comment(comment);
        }
        if let Some(before) = comments.last_mut() {
            before.clear();
        }
    }
    comments.pop();
    Ok(())
}

fn remember(comment: &Comment, comments: &mut [Vec<String>]) {
    if let Some(before) = comments.last_mut() {
        before.push(comment.text.text().unwrap_or_default().to_owned());
    }
}

fn place<'a>(names: &'a [String], comments: &'a [Vec<String>]) -> Place<'a> {
    Place {
        path: names.iter().map(String::as_str).collect(),
        comments,
    }
}

/// The containers around a comment's own, and the neighbours of it: where sops may have read it.
fn other_places(items: &[Item], index: usize, names: &[String]) -> Vec<String> {
    let aad = |names: &[String]| names.join(":") + ":";
    let mut places: Vec<String> = (0..names.len())
        .rev()
        .map(|end| aad(&names[..end]))
        .collect();
    let before = items[..index].iter().rev().find_map(Item::node);
    let after = items[index..].iter().find_map(Item::node);
    for neighbour in [before, after].into_iter().flatten() {
        let mut names = names.to_vec();
        let mut node = Some(neighbour);
        while let Some(inner) = node {
            names.extend(inner.key.text().map(str::to_owned));
            places.push(aad(&names));
            node = inner
                .value
                .items()
                .and_then(|items| items.iter().rev().find_map(Item::node));
        }
    }
    places
}

fn no_text(name: &str, names: &[String], exit: Exit) -> Failure {
    Failure::new(format!(
        "a key is no string: {name}{}",
        match names.join(".") {
            path if path.is_empty() => String::new(),
            path => format!(" (in {path})"),
        }
    ))
    .hint("sops takes string keys only: write it in quotes")
    .exit(exit)
}
