//! The `sops` block of a file: who can open it, by which rule it was made, and its MAC.
//!
//! The block is kept as it was read, fields that we do not know included, and patched in place; the typed
//! fields are a view of it. Its layout is sops's, <https://getsops.io/docs/>.

mod change;

use super::block::{malformed, text, wrong};
use super::mac::Covers;
use super::recipients::{Group, Recipient};
use super::scope::{FIELDS, Rule};
use super::tree::{Item, Value};
use crate::failure::Result;

/// The version of sops that our files name: what they are written for.
pub const VERSION: &str = "3.13.3";

/// Whether one version of sops is older than another; what is no version is old.
pub fn is_older(version: &str, than: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        let core = version.trim_start_matches('v').split(['-', '+']).next();
        core.unwrap_or_default()
            .split('.')
            .map(|number| number.parse().unwrap_or_default())
            .collect()
    };
    numbers(version) < numbers(than)
}

/// The `sops` block.
#[derive(Debug, Clone)]
pub struct Metadata {
    /// The block as it stands in the file.
    pub block: Vec<Item>,
    /// Groups of recipients; each group holds a share of the data key, or all of it when it is the only one.
    pub groups: Vec<Group>,
    /// How many groups it takes; none where it says nothing.
    pub threshold: usize,
    /// Which values are encrypted.
    pub rule: Rule,
    /// What the MAC covers.
    pub covers: Covers,
    /// The encrypted MAC; may be empty.
    pub mac: String,
    /// When the file was written, as text: the MAC is encrypted under it.
    pub last_modified: String,
    /// The version of sops that wrote it.
    pub version: String,
}

impl Metadata {
    /// Reads the block.
    ///
    /// # Errors
    /// When a field has the wrong shape, there is no recipient, or several rules exclude each other.
    pub fn read(block: Vec<Item>) -> Result<Self> {
        let view = Value::Map(block);
        let last_modified = text(&view, "lastmodified")?;
        if super::time::Time::from_rfc3339(&last_modified).is_none() {
            return Err(wrong("lastmodified", "no RFC 3339 time"));
        }
        let groups = groups(&view)?;
        let mut rules = Vec::new();
        for (field, rule) in FIELDS {
            let says = text(&view, field)?;
            if !says.is_empty() {
                rules.push(rule(says));
            }
        }
        if rules.len() > 1 {
            return Err(malformed(
                "the sops block has more than one rule for what is encrypted",
            ));
        }
        let covers = match view.get("mac_only_encrypted") {
            Some(Value::Bool(true)) => Covers::Encrypted,
            Some(Value::Str(says)) if says.text() == Some("true") => Covers::Encrypted,
            _ => Covers::Everything,
        };
        Ok(Self {
            groups,
            threshold: threshold(&view)?,
            rule: rules.pop().unwrap_or_default(),
            covers,
            mac: text(&view, "mac")?,
            last_modified,
            version: text(&view, "version")?,
            block: match view {
                Value::Map(block) => block,
                _ => Vec::new(),
            },
        })
    }

    /// The recipients of all groups.
    pub fn recipients(&self) -> impl Iterator<Item = &Recipient> {
        self.groups.iter().flat_map(|group| &group.recipients)
    }

    /// Whether it is encrypted for the age recipient with that public key.
    pub fn is_for(&self, public_key: &str) -> bool {
        self.recipients().any(|one| one.is_age(public_key))
    }

    /// How many groups it takes to open the file.
    pub fn groups_needed(&self) -> usize {
        match (self.groups.len(), self.threshold) {
            (1, _) => 1,
            (groups, 0) => groups,
            (_, threshold) => threshold,
        }
    }
}

fn groups(view: &Value) -> Result<Vec<Group>> {
    let flat = Group::read(view)?;
    if !flat.recipients.is_empty() {
        return Ok(vec![flat]);
    }
    let groups: Vec<Group> = match view.get("key_groups") {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(Item::node)
            .map(|node| Group::read(&node.value))
            .collect::<Result<_>>()?,
        None | Some(Value::Null) => Vec::new(),
        Some(other) => return Err(wrong("key_groups", other.kind())),
    };
    if groups.is_empty() {
        return Err(malformed("the sops block has no recipient"));
    }
    Ok(groups)
}

fn threshold(view: &Value) -> Result<usize> {
    let number = match view.get("shamir_threshold") {
        None | Some(Value::Null) => Some(0),
        Some(Value::Int(number)) => usize::try_from(*number).ok(),
        Some(Value::Str(says)) => says.text().and_then(|says| says.parse().ok()),
        Some(_) => None,
    };
    number.ok_or_else(|| wrong("shamir_threshold", "no number"))
}
