//! Every list of age recipients of a configuration, changed alike.

use super::super::merge;
use super::super::text::read;
use super::list::Recipients;
use crate::failure::{Failure, Result};
use crate::sops::tree::{Item, Value, find_mut};
use crate::sops::yaml;

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
    let (mut roots, source) = read(text)?;
    let rules = roots
        .first_mut()
        .and_then(|root| find_mut(root, "creation_rules"));
    if let Some(rules) = rules {
        below(&mut rules.value, change)?;
    }
    Ok(yaml::splice(&source, &roots))
}

fn below(value: &mut Value, change: Change<'_>) -> Result<()> {
    let names_its_own = ["age", "key_groups"]
        .iter()
        .any(|field| value.get(field).is_some());
    let (Value::Map(items) | Value::List(items)) = value else {
        return Ok(());
    };
    for node in items.iter_mut().filter_map(Item::node_mut) {
        match node.key.text() {
            Some("age") => apply(Recipients::of(node), change)?,
            Some(merge::KEY) if names_its_own => {}
            Some(merge::KEY) => stands_already(&node.value, change)?,
            _ => below(&mut node.value, change)?,
        }
    }
    Ok(())
}

/// What a rule takes from elsewhere is not changed there: others may take it, too.
fn stands_already(merged: &Value, change: Change<'_>) -> Result<()> {
    let mut changed = merge::resolved(merged.clone());
    let before = changed.clone();
    below(&mut changed, change)?;
    if changed == before {
        Ok(())
    } else {
        Err(merge::refused())
    }
}

fn apply(mut recipients: Recipients<'_>, change: Change<'_>) -> Result<()> {
    let names = recipients.names();
    match change {
        Change::Beside(known, new) => {
            if !names.iter().any(|name| name == new) {
                recipients.insert_behind(known, new);
            }
        }
        Change::Without(gone) => {
            if !names.is_empty() && names.iter().all(|name| name == gone) {
                return Err(Failure::new(format!(
                    "a creation rule would be left without a recipient: it has only {gone}"
                )));
            }
            recipients.remove(gone);
        }
    }
    Ok(())
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
        let merged = "x: &x {age: age1old}\ncreation_rules: [{<<: *x}]\n";
        for change in [
            Change::Beside("age1old", "age1new"),
            Change::Without("age1old"),
        ] {
            assert!(change_recipients(merged, change).is_err());
        }
        let done = change_recipients(merged, Change::Without("age1other"));
        assert_eq!(done.unwrap(), merged);
        let own = "x: &x {age: age1old}\ncreation_rules: [{<<: *x, age: age1old}]\n";
        let both = change_recipients(own, Change::Beside("age1old", "age1new"));
        let expected = own.replace("age: age1old}]", "age: 'age1old,age1new'}]");
        assert_eq!(both.unwrap(), expected);
        assert!(
            empty
                .unwrap_err()
                .to_string()
                .contains("without a recipient")
        );
    }
}
