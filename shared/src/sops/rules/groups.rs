//! The recipients of a creation rule, by groups.

use super::{Config, wrong};
use crate::age;
use crate::failure::Result;
use crate::sops::exit;
use crate::sops::recipients::{Group, Recipient};
use crate::sops::tree::{Item, Value};

impl Config {
    pub(super) fn groups(&self, rule: &Value) -> Result<Vec<Group>> {
        if let Some(groups @ Value::List(_)) = rule.get("key_groups") {
            let nodes = groups
                .items()
                .unwrap_or_default()
                .iter()
                .filter_map(Item::node);
            let groups: Vec<Group> = nodes
                .map(|node| self.key_group(&node.value))
                .collect::<Result<_>>()?;
            if !groups.is_empty() {
                return Ok(groups);
            }
        }
        const FIELDS: [(&str, &str); 7] = [
            ("age", "age"),
            ("pgp", "pgp"),
            ("kms", "kms"),
            ("gcp_kms", "gcp_kms"),
            ("hckms", "hckms"),
            ("azure_keyvault", "azure_kv"),
            ("hc_vault_transit_uri", "hc_vault"),
        ];
        let mut group = Group::default();
        for (field, kind) in FIELDS {
            for name in self.names(rule, field)? {
                add(&mut group, self.recipient(kind, &name)?);
            }
        }
        Ok(vec![group])
    }

    /// A group of `key_groups`, with what it merges.
    fn key_group(&self, view: &Value) -> Result<Group> {
        let mut group = Group::default();
        let nodes = |field| {
            let items = view.get(field).and_then(Value::items).unwrap_or_default();
            items.iter().filter_map(Item::node)
        };
        for merged in nodes("merge") {
            for recipient in self.key_group(&merged.value)?.recipients {
                add(&mut group, recipient);
            }
        }
        for name in self.names(view, "age")? {
            add(&mut group, self.recipient("age", &name)?);
        }
        for name in self.names(view, "pgp")? {
            add(&mut group, self.recipient("pgp", &name)?);
        }
        for (field, kind, parts) in [
            ("kms", "kms", ["arn", "", ""]),
            ("gcp_kms", "gcp_kms", ["resource_id", "", ""]),
            ("hckms", "hckms", ["key_id", "", ""]),
            ("azure_keyvault", "azure_kv", ["vaultUrl", "key", "version"]),
        ] {
            for node in nodes(field) {
                let part = |at: usize| self.text(&node.value, parts[at]);
                let name = if kind == "azure_kv" {
                    format!("{}/keys/{}/{}", part(0)?, part(1)?, part(2)?)
                } else {
                    part(0)?
                };
                add(&mut group, self.recipient(kind, &name)?);
            }
        }
        for name in self.names(view, "hc_vault")? {
            add(&mut group, self.recipient("hc_vault", &name)?);
        }
        Ok(group)
    }

    /// A field that is a list, or text parted by commas.
    fn names(&self, rule: &Value, field: &str) -> Result<Vec<String>> {
        let split = |text: &str| -> Vec<String> {
            text.split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let odd = |value: &Value| {
            let message = format!("{field} of a creation rule holds {}", value.kind());
            wrong(&self.path, &message)
        };
        match rule.get(field) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::List(items)) => {
                let mut names = Vec::new();
                for node in items.iter().filter_map(Item::node) {
                    let name = node.value.as_str().ok_or_else(|| odd(&node.value))?;
                    names.extend(split(name));
                }
                Ok(names)
            }
            Some(value) => value.as_str().map(split).ok_or_else(|| odd(value)),
        }
    }

    fn recipient(&self, kind: &'static str, name: &str) -> Result<Recipient> {
        if kind != "age" {
            return Ok(Recipient::Other {
                kind,
                id: name.replace(' ', ""),
                entry: Value::Null,
            });
        }
        age::Recipient::parse(name)
            .map_err(|failure| failure.within(self.path.display()).exit(exit::GENERIC))?;
        Ok(Recipient::Age {
            recipient: name.to_owned(),
            enc: String::new(),
        })
    }
}

/// A recipient stands in a group once.
fn add(group: &mut Group, recipient: Recipient) {
    if group.find(&recipient).is_none() {
        group.recipients.push(recipient);
    }
}
