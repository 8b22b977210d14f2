//! A creation rule: for whom a file is encrypted, and what of it.

use super::{Config, wrong};
use crate::failure::Result;
use crate::sops::mac::Covers;
use crate::sops::recipients::Group;
use crate::sops::scope::{FIELDS, Rule};
use crate::sops::tree::Value;

/// A rule that a file falls under.
#[derive(Debug, Clone)]
pub struct CreationRule {
    /// Its place in the file, from 0.
    pub index: usize,
    /// Whether it names paths; a rule that does not takes every file.
    pub has_path: bool,
    /// The recipients.
    pub groups: Vec<Group>,
    /// How many groups it takes.
    pub threshold: usize,
    /// Which values are encrypted; none where the rule says nothing.
    pub rule: Option<Rule>,
    /// What the MAC covers.
    pub covers: Covers,
}

impl Config {
    pub(super) fn creation_rule(
        &self,
        index: usize,
        rule: &Value,
        has_path: bool,
    ) -> Result<CreationRule> {
        let mut rules = Vec::new();
        for (field, make) in FIELDS {
            let says = self.text(rule, field)?;
            if !says.is_empty() {
                rules.push(make(says));
            }
        }
        if rules.len() > 1 {
            return Err(wrong(
                &self.path,
                "a creation rule has more than one rule for what is encrypted",
            ));
        }
        let threshold = match rule.get("shamir_threshold") {
            Some(Value::Int(number)) => usize::try_from(*number).unwrap_or_default(),
            _ => 0,
        };
        Ok(CreationRule {
            index,
            has_path,
            groups: self.groups(rule)?,
            threshold,
            rule: rules.pop(),
            covers: match rule.get("mac_only_encrypted") {
                Some(Value::Bool(true)) => Covers::Encrypted,
                _ => Covers::Everything,
            },
        })
    }

    pub(super) fn text(&self, rule: &Value, field: &str) -> Result<String> {
        match rule.get(field) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(value) => value.as_str().map(str::to_owned).ok_or_else(|| {
                wrong(
                    &self.path,
                    &format!("{field} of a creation rule is {}", value.kind()),
                )
            }),
        }
    }
}
