//! YAML texts compared by what they hold: values with their types, and comments.

use shared::sops::scalar;
use shared::sops::tree::{Item, Key, Value};
use shared::sops::yaml;

/// The values of a text, a line each: path, type and text; documents counted.
#[track_caller]
pub(crate) fn values(text: &[u8]) -> Vec<String> {
    let (roots, _) = yaml::read(std::str::from_utf8(text).unwrap()).unwrap();
    let mut out = Vec::new();
    for (number, root) in roots.iter().enumerate() {
        walk(root, &number.to_string(), &mut out);
    }
    out
}

fn walk(items: &[Item], path: &str, out: &mut Vec<String>) {
    for (number, node) in items.iter().filter_map(Item::node).enumerate() {
        let name = match &node.key {
            Key::Text(name) => name.clone(),
            _ => number.to_string(),
        };
        let path = format!("{path}/{name}");
        match &node.value {
            Value::Map(items) | Value::List(items) if !items.is_empty() => {
                out.push(format!("{path} is {}", node.value.kind()));
                walk(items, &path, out);
            }
            value => {
                let text = scalar::encode(value).map(|(_, text)| text.text().unwrap().to_owned());
                let kind = match value {
                    // A whole float is written as an integer by sops.
                    Value::Float(_) => "an integer",
                    value => value.kind(),
                };
                out.push(format!("{path} = {kind} {text:?}"));
            }
        }
    }
}

/// The words of all comments, sorted.
pub(crate) fn comments(text: &[u8]) -> Vec<String> {
    let (roots, _) = yaml::read(std::str::from_utf8(text).unwrap()).unwrap();
    let mut out = Vec::new();
    fn collect(items: &[Item], out: &mut Vec<String>) {
        for item in items {
            match item {
                Item::Comment(comment) => out.push(comment.text.text().unwrap().to_owned()),
                Item::Node(node) => collect(node.value.items().unwrap_or_default(), out),
            }
        }
    }
    for root in &roots {
        collect(root, &mut out);
    }
    out.sort();
    out
}
