//! Changes to the text of `.sops.yaml`: recipients beside others, taken out, and new rules; all else stays as it is.

use super::metadata::nodes;
use super::recipients::Recipient;
use super::tree::{self, Item, Node, Value, find_mut};
use super::yaml;
use crate::failure::{Failure, Result};

/// What becomes of each list of age recipients.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Where the first stands, the second stands too.
    Beside(&'a str, &'a str),
    /// It stands nowhere.
    Without(&'a str),
}

/// The text with its lists of age recipients changed, those of key groups included.
///
/// # Errors
/// When the text is no YAML, or a list would be left without a recipient.
pub fn change_recipients(text: &str, change: Change<'_>) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let rules = roots
        .first_mut()
        .and_then(|root| find_mut(root, "creation_rules"));
    if let Some(rules) = rules {
        below(&mut rules.value, change)?;
    }
    Ok(yaml::splice(&source, &roots))
}

/// The text with one more recipient in the rule at a place.
///
/// # Errors
/// When the text is no YAML, has no such rule, or the rule has key groups: which one it belongs to is for a person
/// to say.
pub fn add_to_rule(text: &str, index: usize, recipient: &str) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let rules = roots
        .first_mut()
        .and_then(|root| find_mut(root, "creation_rules"));
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
    if super::tree::find(fields, "key_groups").is_some() {
        return Err(
            Failure::new(format!("creation rule {} has key groups", index + 1))
                .hint(format!("add the recipient to one of them: {recipient}")),
        );
    }
    match find_mut(fields, "age") {
        Some(Node {
            value: Value::List(items),
            ..
        }) => items.push(element(recipient)),
        Some(node) => {
            let before = node.value.as_str().unwrap_or_default();
            let before = before.trim().trim_end_matches(',');
            node.value = Value::text(match before {
                "" => recipient.to_owned(),
                before => format!("{before},{recipient}"),
            });
            node.changed = true;
        }
        None => fields.push(Item::Node(Node::new("age".into(), Value::text(recipient)))),
    }
    Ok(yaml::splice(&source, &roots))
}

/// The text with one more rule, at the end.
///
/// # Errors
/// When the text is no YAML.
pub fn add_rule(text: &str, path: &str, encrypted: &str, recipient: &str) -> Result<String> {
    let rule = Value::map([
        ("path_regex", Value::text(path)),
        ("encrypted_regex", Value::text(encrypted)),
        ("age", Value::text(recipient)),
    ]);
    if text.trim().is_empty() {
        return Ok(format!(
            "creation_rules:\n  - path_regex: {path}\n    encrypted_regex: {encrypted}\n    age: {recipient}\n"
        ));
    }
    let (mut roots, source) = yaml::read(text)?;
    if roots.is_empty() {
        roots.push(Vec::new());
    }
    let Some(root) = roots.first_mut() else {
        return Err(Failure::new("the file holds no document"));
    };
    tree::push(root, "creation_rules", rule);
    Ok(yaml::splice(&source, &roots))
}

fn below(value: &mut Value, change: Change<'_>) -> Result<()> {
    let (Value::Map(items) | Value::List(items)) = value else {
        return Ok(());
    };
    for node in items.iter_mut().filter_map(Item::node_mut) {
        if node.key.text() == Some("age") {
            field(node, change)?;
        } else {
            below(&mut node.value, change)?;
        }
    }
    Ok(())
}

fn field(node: &mut Node, change: Change<'_>) -> Result<()> {
    match &mut node.value {
        Value::List(items) => {
            let all: Vec<String> = items.iter().flat_map(names_of).collect();
            match change {
                Change::Beside(known, new) => {
                    let at = items
                        .iter()
                        .position(|item| names_of(item).iter().any(|n| n == known));
                    if let (Some(at), false) = (at, all.iter().any(|name| name == new)) {
                        items.insert(at + 1, element(new));
                    }
                }
                Change::Without(gone) => {
                    if !all.is_empty() && all.iter().all(|name| name == gone) {
                        return Err(left_empty(gone));
                    }
                    items.retain(|item| {
                        let names = names_of(item);
                        names.is_empty() || names.iter().any(|name| name != gone)
                    });
                    for node in items.iter_mut().filter_map(Item::node_mut) {
                        text(node, change)?;
                    }
                }
            }
            Ok(())
        }
        _ => text(node, change),
    }
}

/// Recipients parted by commas.
fn text(node: &mut Node, change: Change<'_>) -> Result<()> {
    let Some(before) = node.value.as_str() else {
        return Ok(());
    };
    let mut names = split(before);
    match change {
        Change::Beside(known, new) => {
            let at = names.iter().position(|name| name == known);
            match at {
                Some(at) if !names.iter().any(|name| name == new) => {
                    names.insert(at + 1, new.to_owned());
                }
                _ => return Ok(()),
            }
        }
        Change::Without(gone) => {
            let count = names.len();
            names.retain(|name| name != gone);
            if names.len() == count {
                return Ok(());
            }
            if names.is_empty() {
                return Err(left_empty(gone));
            }
        }
    }
    node.value = Value::text(names.join(","));
    node.changed = true;
    Ok(())
}

fn names_of(item: &Item) -> Vec<String> {
    let text = item.node().and_then(|node| node.value.as_str());
    split(text.unwrap_or_default())
}

fn split(text: &str) -> Vec<String> {
    let names = text.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn element(recipient: &str) -> Item {
    let mut made = nodes(vec![Value::text(recipient)]);
    made.remove(0)
}

fn left_empty(gone: &str) -> Failure {
    let gone = Recipient::Age {
        recipient: gone.to_owned(),
        enc: String::new(),
    };
    Failure::new(format!(
        "a creation rule would be left without a recipient: it has only {}",
        gone.name()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_come_and_go_and_all_else_stays() {
        let text = "\
# who may read
keys:
  - &cluster age1old
creation_rules:
  - path_regex: \\.enc\\.yaml$   # secrets
    age: >-
      age1me,
      age1old
  - age: age1old
  - key_groups:
      - age:
          - age1me # me
          - *cluster # the cluster
        pgp: [ABC]
      - age: [age1old, age1other]
  - age: [age1me]
";
        let both = change_recipients(text, Change::Beside("age1old", "age1new")).unwrap();
        let expected = "\
# who may read
keys:
  - &cluster age1old
creation_rules:
  - path_regex: \\.enc\\.yaml$   # secrets
    age: age1me,age1old,age1new
  - age: age1old,age1new
  - key_groups:
      - age:
          - age1me # me
          - *cluster # the cluster
          - age1new
        pgp: [ABC]
      - age: [age1old, \"age1new\", age1other]
  - age: [age1me]
";
        assert_eq!(both, expected);
        let again = change_recipients(&both, Change::Beside("age1old", "age1new")).unwrap();
        assert_eq!(again, expected);
        let new = change_recipients(&both, Change::Without("age1old")).unwrap();
        assert_eq!(
            new,
            expected
                .replace("age1me,age1old,age1new", "age1me,age1new")
                .replace("- age: age1old,age1new", "- age: age1new")
                .replace("- *cluster # the cluster", "# the cluster")
                .replace("[age1old, ", "[")
        );
        let empty = change_recipients(
            "creation_rules: [{age: age1old}]",
            Change::Without("age1old"),
        );
        assert!(
            empty
                .unwrap_err()
                .to_string()
                .contains("without a recipient")
        );
    }

    #[test]
    fn a_rule_takes_one_more_recipient() {
        for (before, after) in [
            ("- age: age1a,\n", "- age: age1a,age1b\n"),
            ("- age: [age1a]\n", "- age: [age1a, \"age1b\"]\n"),
            (
                "- age:\n    - age1a # me\n",
                "- age:\n    - age1a # me\n    - age1b\n",
            ),
            (
                "- path_regex: x # y\n",
                "- path_regex: x # y\n  age: age1b\n",
            ),
        ] {
            let text = |rule: &str| format!("creation_rules:\n{rule}stores: {{}}\n");
            assert_eq!(add_to_rule(&text(before), 0, "age1b").unwrap(), text(after));
        }
        assert!(add_to_rule("creation_rules: [{key_groups: []}]", 0, "age1b").is_err());
        assert!(add_to_rule("creation_rules: []", 0, "age1b").is_err());
    }

    #[test]
    fn a_rule_is_added_where_there_are_others_and_where_there_is_none() {
        let add =
            |text: &str| add_rule(text, "\\.enc\\.yaml$", "^(data|stringData)$", "age1a").unwrap();
        let rule = "  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: age1a\n";
        assert_eq!(add(""), format!("creation_rules:\n{rule}"));
        let before = "creation_rules:\n  - path_regex: \\.json$ # the map\n    age: age1b\n";
        assert_eq!(add(before), format!("{before}{rule}"));
        let added = add("# only stores\nstores:\n  yaml:\n    indent: 2\n");
        assert!(
            added.starts_with("# only stores\nstores:\n  yaml:\n    indent: 2\ncreation_rules:\n"),
            "{added}"
        );
        assert!(
            super::super::rules::Config::parse(
                std::path::Path::new("/r/.sops.yaml"),
                &added.replace(
                    "age1a",
                    "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
                )
            )
            .unwrap()
            .len()
                == 1
        );
    }
}
