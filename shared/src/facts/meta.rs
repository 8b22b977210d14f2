//! What every object has: its name, labels, owners and generations.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::annotations::Annotations;
use super::pairs::Pairs;
use super::text::Text;
use super::time::Time;
use super::wire::wire;
use crate::object::ObjectRef;

wire! {
    /// `metadata`, without what no check reads.
    pub struct Meta {
        pub name: String,
        pub namespace: String,
        pub generation: i64,
        pub resource_version: Text,
        pub creation_timestamp: Time,
        pub deletion_timestamp: Time,
        pub labels: Pairs,
        pub annotations: Annotations,
        pub owner_references: Box<[Owner]>,
        pub finalizers: Box<[String]>,
        /// Set by the reader; the version that the object was read in.
        #[serde(skip)]
        pub api_version: Cow<'static, str>,
        /// Set by the reader.
        #[serde(skip)]
        pub kind: Cow<'static, str>,
        /// Set by the reader: which object of the source it was.
        #[serde(skip)]
        pub position: usize,
        /// Set by the reader for files.
        #[serde(skip)]
        pub place: Option<Place>,
    }

    /// One of `metadata.ownerReferences`.
    pub struct Owner {
        pub api_version: Text,
        pub kind: Text,
        pub name: Text,
        pub controller: bool,
    }
}

impl Meta {
    /// The name by which findings point at the object.
    pub fn reference(&self) -> ObjectRef {
        ObjectRef::new(
            self.api_version.clone(),
            self.kind.clone(),
            &self.namespace,
            self.name.clone(),
        )
    }

    /// The owner that manages the object, where it has one.
    pub fn controller(&self) -> Option<&Owner> {
        self.owner_references.iter().find(|owner| owner.controller)
    }

    /// The namespace that a reference of the object points to: without one, into the object's own.
    pub fn namespace_of<'a>(&'a self, named: &'a str) -> &'a str {
        if named.is_empty() {
            &self.namespace
        } else {
            named
        }
    }

    /// A label's value, empty where it is absent.
    pub fn label(&self, key: &str) -> &str {
        self.labels.get(key).map_or("", Text::as_str)
    }

    /// An annotation's value, empty where it is absent. Its key must be one that is kept.
    pub fn annotation(&self, key: &str) -> &str {
        self.annotations.get(key)
    }
}

impl Owner {
    /// The owner of an object in a namespace.
    pub fn reference(&self, namespace: &str) -> ObjectRef {
        let (api_version, kind) = (self.api_version.clone(), self.kind.clone());
        ObjectRef::new(api_version, kind, namespace, self.name.clone())
    }
}

/// Where an object was read in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path as the user would write it.
    pub path: Arc<str>,
    /// The line that it starts on, from 1; absent where the format tells none.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

wire! {
    /// One of `status.conditions`, as most kinds write them.
    pub struct Condition {
        pub r#type: Text,
        pub status: Text,
        pub reason: Text,
        pub message: Text,
        pub observed_generation: i64,
        /// `Error`, `Warning` or `Info`: how bad a `False` is. Cluster API and others have it.
        pub severity: Text,
        pub last_transition_time: Time,
        /// Only Deployments and a few others have it.
        pub last_update_time: Time,
    }
}

impl Condition {
    /// Whether the condition is `True`.
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }

    /// Whether the condition is `False`.
    pub fn is_false(&self) -> bool {
        self.status == "False"
    }
}

/// Finds a condition by its type.
pub fn condition<'a>(conditions: &'a [Condition], kind: &str) -> Option<&'a Condition> {
    conditions.iter().find(|condition| condition.r#type == kind)
}
