//! How every object fares: the result of `status`, frozen once released.

mod age;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::facts::meta::Meta;
use crate::failure::Exit;
use crate::health::{Health, Seen, Status};
use crate::object::API_VERSION;
use crate::object::ObjectRef;
use crate::report::{Skipped, Verdict};

pub use age::age;

/// How every object of all clusters fares.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusReport {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    pub api_version: &'static str,
    /// What this is.
    #[schemars(extend("const" = "StatusReport"))]
    pub kind: &'static str,
    /// `failed` when an object failed; the exit status tells only whether all was looked at.
    pub result: Verdict,
    /// The objects, in the order of their source.
    pub items: Vec<Item>,
    /// What could not be looked at, and why.
    pub skipped: Vec<Skipped>,
    /// The versions of components, by cluster and name.
    #[serde(skip)]
    pub versions: BTreeMap<(Option<String>, String), String>,
}

/// How one object fares.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The cluster, where several are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The object.
    #[serde(flatten)]
    pub object: ObjectRef,
    /// The component that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// The verdict.
    pub status: Status,
    /// Why, as a word in CamelCase; may be empty.
    pub reason: String,
    /// Why, in words; may be empty.
    pub message: String,
    /// For how long it exists, as kubectl prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
    /// What made it.
    #[serde(skip)]
    pub owner: Option<ObjectRef>,
}

impl StatusReport {
    /// A report of what was seen and what was not.
    pub fn new(items: Vec<Item>, skipped: Vec<Skipped>) -> Self {
        let result = if items.iter().any(|item| item.status == Status::Failed) {
            Verdict::Failed
        } else if skipped.is_empty() {
            Verdict::Passed
        } else {
            Verdict::Incomplete
        };
        Self {
            api_version: API_VERSION,
            kind: "StatusReport",
            result,
            items,
            skipped,
            versions: BTreeMap::new(),
        }
    }

    /// `status` looks and does not judge: only what it could not see changes its exit status.
    pub fn exit(&self) -> Exit {
        if self.skipped.is_empty() {
            Exit::Passed
        } else {
            Exit::Incomplete
        }
    }
}

impl Item {
    /// What was seen of an object at `now`.
    pub fn new(seen: Seen<'_>, now: Timestamp) -> Self {
        let Health {
            status,
            reason,
            message,
            ..
        } = seen.health;
        Self {
            cluster: None,
            owner: owner(seen.meta),
            object: seen.object,
            component: None,
            status,
            reason,
            message,
            age: seen.meta.creation_timestamp.age(now).map(age),
        }
    }

    /// Why it fares so: the word, then the words.
    pub fn why(&self) -> Cow<'_, str> {
        match (self.reason.as_str(), self.message.as_str()) {
            (reason, "") => Cow::Borrowed(reason),
            ("", message) => Cow::Borrowed(message),
            (reason, message) => Cow::Owned(format!("{reason}: {message}")),
        }
    }
}

fn owner(meta: &Meta) -> Option<ObjectRef> {
    let owner = meta.controller()?;
    Some(ObjectRef::new(
        owner.api_version.clone(),
        owner.kind.clone(),
        &meta.namespace,
        owner.name.clone(),
    ))
}
