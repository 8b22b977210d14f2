//! `.sops.yaml` edited in place: all but what changes stays byte for byte.

use crate::failure::{Failure, Result};
use crate::sops::tree::{self, Item, Node, Value};
use crate::sops::{metadata, yaml};

/// The text of a configuration with other age recipients in one of its rules; all else stays as it is.
///
/// # Errors
/// When the text is no YAML, or has no such rule with a field `age` of its own.
pub fn with_age(text: &str, index: usize, recipients: &[String]) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let rules = roots
        .first_mut()
        .and_then(|root| tree::find_mut(root, "creation_rules"));
    let rule = match rules.map(|node| &mut node.value) {
        Some(Value::List(items)) => items.iter_mut().filter_map(Item::node_mut).nth(index),
        _ => None,
    };
    let Some(Value::Map(fields)) = rule.map(|rule| &mut rule.value) else {
        return Err(Failure::new(format!(
            "there is no creation rule {}",
            index + 1
        )));
    };
    let listed = |value: &Value| matches!(value, Value::List(_));
    match tree::find_mut(fields, "age") {
        Some(node) if listed(&node.value) => {
            let values = recipients.iter().map(|name| Value::text(name.as_str()));
            node.value = Value::List(metadata::nodes(values.collect()));
            node.changed = true;
        }
        Some(node) => {
            node.value = Value::text(recipients.join(","));
            node.changed = true;
        }
        None => {
            let value = Value::text(recipients.join(","));
            fields.push(Item::Node(Node::new("age".into(), value)));
        }
    }
    Ok(yaml::splice(&source, &roots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_replaced_where_they_stand() {
        let text = "# rules\ncreation_rules:\n  - path_regex: x # paths\n    age: old\n  - age:\n      - old # mine\n";
        assert_eq!(
            with_age(text, 0, &["a".to_owned(), "b".to_owned()]).unwrap(),
            text.replacen("old", "a,b", 1)
        );
        let listed = with_age(text, 1, &["a".to_owned(), "b".to_owned()]).unwrap();
        assert!(
            listed
                .starts_with("# rules\ncreation_rules:\n  - path_regex: x # paths\n    age: old\n")
        );
        let config = yaml::read(&listed).unwrap().0;
        let value = Value::Map(config.into_iter().next().unwrap());
        let rules = value.get("creation_rules").unwrap().items().unwrap();
        let age = rules[1].node().unwrap().value.get("age").unwrap();
        assert_eq!(
            age.items().unwrap().iter().filter_map(Item::node).count(),
            2
        );
    }
}
