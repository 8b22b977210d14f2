//! The index of a snapshot: when it was taken, what was read, and what could not be.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::facts::{Gap, Kind};
use crate::object::API_VERSION;
use crate::object::group_of;

/// The name of its file.
pub(super) const FILE: &str = "index.json";

/// `kind` of an index.
const KIND: &str = "Snapshot";

/// What a snapshot holds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Index {
    api_version: String,
    kind: String,
    /// When it was taken.
    pub(super) time: Timestamp,
    /// Every kind that was asked for.
    pub(super) read: Vec<Entry>,
}

/// What is known of one kind.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// The name that `kubectl get` takes: `pods`, `certificates.cert-manager.io`; `*` stands for
    /// all kinds that no other entry is about.
    pub(super) resource: String,
    /// The lists of its objects, one for each version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) files: Vec<String>,
    /// How many objects they hold together.
    pub(super) objects: usize,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gap: Option<Gap>,
}

/// What an index tells of itself, of whatever version it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    api_version: String,
    kind: String,
}

impl Head {
    pub(super) fn of(text: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(text)
    }

    /// Whether this is a snapshot's index, of whatever version.
    pub(super) fn is_index(&self) -> bool {
        group_of(&self.api_version) == group_of(API_VERSION) && self.kind == KIND
    }

    /// Whether this is an index that we know how to read.
    pub(super) fn is_known(&self) -> bool {
        self.api_version == API_VERSION && self.kind == KIND
    }
}

impl Index {
    pub(super) fn new(time: Timestamp, read: Vec<Entry>) -> Self {
        Self {
            api_version: API_VERSION.to_owned(),
            kind: KIND.to_owned(),
            time,
            read,
        }
    }
}

/// The name of a kind in the index.
pub(super) fn resource(kind: Kind) -> String {
    let group = kind.apis().first().map(|api| group_of(api));
    match group {
        None => "*".to_owned(),
        Some("") => kind.plural().to_owned(),
        Some(group) => format!("{}.{group}", kind.plural()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_kinds_share_a_name() {
        let names: BTreeSet<_> = Kind::ALL.iter().map(|kind| resource(*kind)).collect();
        assert_eq!(names.len(), Kind::ALL.len());
    }
}
