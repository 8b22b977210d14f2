//! Recipients of the data key: age's, which we open and make, and others, which we keep as they are.

use super::block::{malformed, nodes, text};
use super::tree::{Item, Value};
use crate::failure::Result;

/// One recipient and the data key (or the share of its group) encrypted for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Recipient {
    /// An age recipient: X25519, post-quantum, ssh or a plugin's.
    Age {
        /// The public key.
        recipient: String,
        /// The armored age file that holds the data key; empty until it is made.
        enc: String,
    },
    /// A recipient of another kind.
    Other {
        /// The field that lists its kind: `pgp`, `kms`, ...
        kind: &'static str,
        /// What names it among its kind.
        id: String,
        /// The entry as it stands in the file; null where a rule names it and the file does not have it.
        entry: Value,
    },
}

impl Recipient {
    /// The fields of a group, in the order of their names.
    pub const FIELDS: [&'static str; 7] = [
        "age", "azure_kv", "gcp_kms", "hc_vault", "hckms", "kms", "pgp",
    ];

    /// The recipient as sops prints it.
    pub fn name(&self) -> &str {
        match self {
            Self::Age { recipient, .. } => recipient,
            Self::Other { id, .. } => id,
        }
    }

    /// Its kind: the field that lists it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Age { .. } => "age",
            Self::Other { kind, .. } => kind,
        }
    }

    /// Whether the other one names the same key.
    pub fn is(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.name() == other.name()
    }

    /// Whether it is the age recipient with that public key.
    pub fn is_age(&self, public_key: &str) -> bool {
        matches!(self, Self::Age { recipient, .. } if recipient == public_key)
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Age { recipient, enc } => Value::map([
                ("enc", Value::text(enc.as_str())),
                ("recipient", Value::text(recipient.as_str())),
            ]),
            Self::Other { entry, .. } => entry.clone(),
        }
    }
}

/// Recipients that each open the same share of the data key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The recipients.
    pub recipients: Vec<Recipient>,
}

impl Group {
    /// Reads the recipients that a map lists by kind.
    ///
    /// # Errors
    /// When an entry has the wrong shape.
    pub fn read(view: &Value) -> Result<Self> {
        let mut recipients = Vec::new();
        for kind in Recipient::FIELDS {
            let entries = match view.get(kind) {
                None | Some(Value::Null) => continue,
                Some(Value::List(items)) => items
                    .iter()
                    .filter_map(Item::node)
                    .map(|node| &node.value)
                    .collect(),
                Some(entry @ Value::Map(_)) => vec![entry],
                Some(other) => {
                    return Err(malformed(&format!(
                        "the field {kind} of the sops block is {}",
                        other.kind()
                    )));
                }
            };
            for entry in entries {
                recipients.push(read(kind, entry)?);
            }
        }
        Ok(Self { recipients })
    }

    /// The entries of each kind, the kinds without any included.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Vec<Value>)> {
        Recipient::FIELDS.into_iter().map(|kind| {
            let of_kind = self.recipients.iter().filter(|one| one.kind() == kind);
            (kind, of_kind.map(Recipient::to_value).collect())
        })
    }

    /// The group as an element of `key_groups`.
    pub(super) fn to_value(&self) -> Value {
        let fields = self.fields().filter(|(_, entries)| !entries.is_empty());
        Value::Map(
            fields
                .map(|(kind, entries)| {
                    Item::Node(super::tree::Node::new(
                        kind.into(),
                        Value::List(nodes(entries)),
                    ))
                })
                .collect(),
        )
    }

    /// Whether two lists of groups name the same keys, group by group.
    pub fn same_keys(ours: &[Self], theirs: &[Self]) -> bool {
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(ours, theirs)| {
                let within = |one: &Self, other: &Self| {
                    let mut recipients = one.recipients.iter();
                    recipients.all(|recipient| other.find(recipient).is_some())
                };
                within(ours, theirs) && within(theirs, ours)
            })
    }

    /// The recipient of this group that names the same key.
    pub fn find(&self, other: &Recipient) -> Option<&Recipient> {
        self.recipients.iter().find(|one| one.is(other))
    }
}

fn read(kind: &'static str, entry: &Value) -> Result<Recipient> {
    if !matches!(entry, Value::Map(_)) {
        return Err(malformed(&format!(
            "an entry of {kind} in the sops block is {}",
            entry.kind()
        )));
    }
    let field = |name| text(entry, name);
    if kind == "age" {
        return Ok(Recipient::Age {
            recipient: field("recipient")?,
            enc: field("enc")?,
        });
    }
    Ok(Recipient::Other {
        kind,
        id: match kind {
            "pgp" => field("fp")?,
            "kms" => field("arn")?,
            "gcp_kms" => field("resource_id")?,
            "hckms" => field("key_id")?,
            "hc_vault" => format!(
                "{}/v1/{}/keys/{}",
                field("vault_address")?,
                field("engine_path")?,
                field("key_name")?
            ),
            _ => format!(
                "{}/keys/{}/{}",
                field("vault_url")?,
                field("name")?,
                field("version")?
            ),
        },
        entry: entry.clone(),
    })
}
