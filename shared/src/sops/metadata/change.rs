//! Makes a `sops` block, and patches one: fields that stay the same stay as they are written.

use super::{Metadata, VERSION};
use crate::sops::block::nodes;
use crate::sops::mac::Covers;
use crate::sops::recipients::{Group, Recipient};
use crate::sops::scope::Rule;
use crate::sops::tree::{self, Item, Node, Value};

impl Metadata {
    /// The block of a new file, its fields sorted as sops sorts them.
    pub fn create(groups: Vec<Group>, threshold: usize, rule: Rule, covers: Covers) -> Self {
        let mut metadata = Self {
            block: Vec::new(),
            groups: Vec::new(),
            threshold,
            mac: String::new(),
            last_modified: String::new(),
            version: String::new(),
            covers,
            rule,
        };
        metadata.set_groups(groups);
        metadata.set("lastmodified", Value::text(""));
        metadata.set("mac", Value::text(""));
        if covers == Covers::Encrypted {
            metadata.set("mac_only_encrypted", Value::Bool(true));
        }
        if threshold > 0 {
            metadata.set("shamir_threshold", Value::Int(threshold as i64));
        }
        if let Some((field, says)) = metadata.rule.field() {
            let (field, says) = (field, Value::text(says));
            metadata.set(field, says);
        }
        metadata.set_version(VERSION);
        metadata
    }

    /// Writes the MAC and the time that it is encrypted under.
    pub fn set_mac(&mut self, mac: String, last_modified: String) {
        self.set("lastmodified", Value::text(last_modified.as_str()));
        self.set("mac", Value::text(mac.as_str()));
        self.mac = mac;
        self.last_modified = last_modified;
    }

    /// Writes the version of sops.
    pub fn set_version(&mut self, version: &str) {
        self.set("version", Value::text(version));
        version.clone_into(&mut self.version);
    }

    /// Writes the recipients; only fields whose entries differ are touched.
    pub fn set_groups(&mut self, groups: Vec<Group>) {
        if groups.len() == 1 {
            for (field, entries) in groups[0].fields() {
                self.set_list(field, entries);
            }
            self.remove("key_groups");
        } else {
            for field in Recipient::FIELDS {
                self.remove(field);
            }
            let list = groups.iter().map(Group::to_value).collect();
            self.set("key_groups", Value::List(nodes(list)));
        }
        self.groups = groups;
    }

    /// Writes how many groups it takes.
    pub fn set_threshold(&mut self, threshold: usize) {
        if threshold == self.threshold {
            return;
        }
        if threshold > 0 {
            self.set("shamir_threshold", Value::Int(threshold as i64));
        } else {
            self.remove("shamir_threshold");
        }
        self.threshold = threshold;
    }

    fn set_list(&mut self, field: &str, entries: Vec<Value>) {
        if entries.is_empty() {
            match tree::find(&self.block, field) {
                // Some versions wrote empty lists for the kinds without a recipient.
                Some(node) if node.value.items().is_some_and(|items| !items.is_empty()) => {
                    self.remove(field);
                }
                _ => {}
            }
        } else {
            self.set(field, Value::List(nodes(entries)));
        }
    }

    fn set(&mut self, field: &str, value: Value) {
        match tree::find_mut(&mut self.block, field) {
            Some(node) if same(&node.value, &value) => {}
            Some(node) => {
                node.value = value;
                node.changed = true;
            }
            None => {
                let place = self
                    .block
                    .iter()
                    .position(|item| {
                        item.node()
                            .and_then(|node| node.key.text())
                            .is_some_and(|name| name > field)
                    })
                    .unwrap_or(self.block.len());
                let mut node = Node::new(field.into(), value);
                node.changed = true;
                self.block.insert(place, Item::Node(node));
            }
        }
    }

    fn remove(&mut self, field: &str) {
        self.block.retain(|item| {
            item.node()
                .is_none_or(|node| node.key.text() != Some(field))
        });
    }
}

/// Whether two values say the same, wherever they were read.
fn same(one: &Value, other: &Value) -> bool {
    match (one.items(), other.items()) {
        (Some(one), Some(other)) => {
            let nodes = |items: &[Item]| -> Vec<Node> {
                items.iter().filter_map(Item::node).cloned().collect()
            };
            let (one, other) = (nodes(one), nodes(other));
            one.len() == other.len()
                && one.iter().all(|a| {
                    other
                        .iter()
                        .any(|b| a.key == b.key && same(&a.value, &b.value))
                })
        }
        _ => one == other,
    }
}
