//! Paths into a document: `["stringData"]["password"]`, `["list"][0]`.

mod change;

pub use change::{Set, set, unset};

use super::tree::{self, Item, Value};
use crate::failure::{Failure, Result};

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the entry of that name.
    Name(String),
    /// To the element at that place, comments not counted.
    Index(usize),
}

/// Reads a path.
///
/// # Errors
/// When a step is neither a quoted name nor a number in brackets.
pub fn parse(text: &str) -> Result<Vec<Step>> {
    let wrong = |why: &str| Failure::new(format!("malformed path {text}: {why}"));
    let mut steps = Vec::new();
    for part in text.split('[').filter(|part| !part.is_empty()) {
        let inner = part
            .strip_suffix(']')
            .ok_or_else(|| wrong("a part does not end with ]"))?;
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            inner
                .strip_prefix(quote)
                .map(|rest| rest.strip_suffix(['"', '\'']).unwrap_or(rest))
        });
        steps.push(match quoted {
            Some(name) => Step::Name(name.to_owned()),
            None => Step::Index(
                inner
                    .parse()
                    .map_err(|_| wrong("a part is neither a quoted name nor a number"))?,
            ),
        });
    }
    Ok(steps)
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
        let next = match (step, items) {
            (Step::Name(name), Some(items)) => tree::find(items, name),
            (Step::Index(index), Some(items)) => items.iter().filter_map(Item::node).nth(*index),
            (_, None) => None,
        };
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
        for wrong in ["[\"a\"", "[a]", "a.b"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
