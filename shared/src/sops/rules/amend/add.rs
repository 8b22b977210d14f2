//! One more recipient in a rule, and one more rule.

use super::super::merge;
use super::super::text::read;
use super::list::Recipients;
use crate::failure::{Failure, Result};
use crate::sops::tree::{self, Item, Value, find, find_mut};
use crate::sops::yaml;

/// The text with one more recipient in the rule at a place.
///
/// # Errors
/// When the text is no YAML, has no such rule, or the rule has key groups: which one it belongs to is for a person
/// to say.
pub fn add_to_rule(text: &str, index: usize, recipient: &str) -> Result<String> {
    let (mut roots, source) = read(text)?;
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
    if find(fields, "key_groups").is_some() {
        return Err(
            Failure::new(format!("creation rule {} has key groups", index + 1))
                .hint(format!("add the recipient to one of them: {recipient}")),
        );
    }
    let takes_more = find(fields, merge::KEY).is_some();
    match find_mut(fields, "age") {
        Some(field) => Recipients::of(field).push(recipient),
        None if takes_more => return Err(merge::refused()),
        None => fields.push(Recipients::field(recipient)),
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
    let (mut roots, source) = read(text)?;
    if roots.is_empty() {
        roots.push(Vec::new());
    }
    let Some(root) = roots.first_mut() else {
        return Err(Failure::new("the file holds no document"));
    };
    tree::push(root, "creation_rules", rule);
    Ok(yaml::splice(&source, &roots))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let merged = "x: &x {age: age1a}\ncreation_rules: [{<<: *x}]\n";
        assert!(add_to_rule(merged, 0, "age1b").is_err());
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
            crate::sops::rules::Config::parse(
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
