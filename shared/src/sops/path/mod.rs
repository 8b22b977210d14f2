//! Paths into a document: `["stringData"]["password"]`, `["list"][0]`.

mod change;

pub use change::{Set, set, unset};

use super::tree::{Item, Key, Value};
use crate::failure::{Failure, Result};

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the entry of that name.
    Name(String),
    /// To the element at that place, comments not counted.
    Index(usize),
}

/// Reads a path, as sops does; and a name may hold brackets, which sops cannot name.
///
/// # Errors
/// When it has no step, or one is neither a quoted name nor a number in brackets.
pub fn parse(text: &str) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (step, after) = first(rest).ok_or_else(|| {
            Failure::new(format!(
                "malformed path, at {rest}: neither [\"NAME\"] nor [NUMBER]"
            ))
            .hint("quote the path for the shell: '[\"stringData\"][\"password\"]'")
        })?;
        steps.push(step);
        rest = after;
    }
    Ok(steps)
}

/// Reads a path that leads to a place in a document, and not to the document itself.
///
/// # Errors
/// The same, and when it is empty.
pub fn parse_place(text: &str) -> Result<Vec<Step>> {
    let steps = parse(text)?;
    if steps.is_empty() {
        return Err(Failure::new("the path is empty")
            .hint("name what is meant: '[\"stringData\"][\"password\"]'"));
    }
    Ok(steps)
}

/// The first step and what is behind it: another one, or nothing. The shortest that is one: a bracket in a name is
/// not its end.
fn first(text: &str) -> Option<(Step, &str)> {
    let text = text.strip_prefix('[')?;
    let ends = text.match_indices(']').map(|(end, _)| end);
    ends.map(|end| (&text[..end], &text[end + 1..]))
        .filter(|(_, after)| after.is_empty() || after.starts_with('['))
        .find_map(|(inner, after)| Some((step(inner)?, after)))
}

fn step(inner: &str) -> Option<Step> {
    const QUOTES: [char; 2] = ['"', '\''];
    let Some(open) = inner.strip_prefix(QUOTES) else {
        return inner.parse().map(Step::Index).ok();
    };
    let name = open.strip_suffix(QUOTES)?;
    Some(Step::Name(name.to_owned()))
}

/// What a path leads to.
///
/// # Errors
/// When there is no such entry or element.
pub fn get<'a>(root: &'a [Item], path: &[Step]) -> Result<Found<'a>> {
    let mut found = Found::Root(root);
    for step in path {
        let items = match found {
            Found::Root(items) => Some(items),
            Found::Value(value) => value.items(),
        };
        let next = items.and_then(|items| items[position(items, step)?].node());
        found = Found::Value(&next.ok_or_else(|| missing(step))?.value);
    }
    Ok(found)
}

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// The document itself.
    Root(&'a [Item]),
    /// A value in it.
    Value(&'a Value),
}

/// Where the entry or element is among the items. A map has no elements, and a list no names.
fn position(items: &[Item], step: &Step) -> Option<usize> {
    let nodes = items.iter().enumerate();
    let mut nodes = nodes.filter_map(|(at, item)| Some((at, &item.node()?.key)));
    let found = match step {
        Step::Name(name) => nodes.find(|(_, key)| key.text() == Some(name)),
        Step::Index(index) => nodes.filter(|(_, key)| **key == Key::None).nth(*index),
    };
    found.map(|(at, _)| at)
}

fn missing(step: &Step) -> Failure {
    Failure::new(match step {
        Step::Name(name) => format!("component [\"{name}\"] not found"),
        Step::Index(index) => format!("component [{index}] not found"),
    })
    .exit(super::exit::GENERIC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_sops_reads_them() {
        let name = |name: &str| Step::Name(name.to_owned());
        assert_eq!(
            parse("[\"a b\"]['c.d'][2]").unwrap(),
            [name("a b"), name("c.d"), Step::Index(2)]
        );
        assert_eq!(parse("").unwrap(), []);
        for odd in ["a']b", "a\"]b", "a[b", "a]", "a][b", "[", "", "'"] {
            assert_eq!(
                parse(&format!("[\"{odd}\"]['x']")).unwrap(),
                [name(odd), name("x")]
            );
        }
        for wrong in [
            "[\"a\"", "[a]", "a.b", "[]", "[\"a]]", "[\"]", "[-1]", "x[\"a\"]", "[\"a\"]x",
            "[\"a\"]]",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
