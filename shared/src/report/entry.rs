//! What a report says of an object, and of a check that could not look.

use schemars::JsonSchema;
use serde::Serialize;

use super::catalog::Catalog;
use crate::cause::Caused;
use crate::facts::{Gap, Reason};
use crate::finding::Level;
use crate::object::ObjectRef;

/// One finding, as scripts see it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The check's id.
    pub check: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The cluster, where several are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The component that the object belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// What it is about.
    pub object: ObjectRef,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
    /// The cause in words.
    pub message: String,
    /// A command to paste.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// The first cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<ObjectRef>,
    /// All roots that explain it, for people.
    #[serde(skip)]
    pub causes: Vec<ObjectRef>,
    /// Whether nothing else explains it.
    pub root: bool,
    /// How many others it explains.
    pub explains: usize,
    /// Where to read on.
    pub docs: String,
}

/// A place in a file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct File {
    /// The path as the user would write it.
    pub path: String,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// A check that could not look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Skipped {
    /// The check's id.
    pub check: &'static str,
    /// The cluster, where several are looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Why, in words.
    pub message: String,
    /// The same without the kind that it is about.
    #[serde(skip)]
    pub why: String,
}

impl Skipped {
    /// That a check, or another command, could not look at something.
    pub fn new(check: &'static str, cluster: Option<&str>, gap: Gap) -> Self {
        Self {
            check,
            cluster: cluster.map(ToOwned::to_owned),
            reason: gap.reason,
            message: gap.told(),
            why: gap.message,
        }
    }

    /// Why, as people read it: the cluster, the reason and the words for it.
    pub fn sentence(&self) -> String {
        self.sentence_of(&self.message)
    }

    /// The same in other words.
    pub fn sentence_of(&self, why: &str) -> String {
        let cluster = self.cluster.as_ref();
        let cluster = cluster.map_or(String::new(), |name| format!("{name}: "));
        format!("{cluster}{}: {why}", self.reason.word())
    }
}

impl Entry {
    pub(super) fn new(
        cluster: Option<String>,
        caused: Caused,
        catalog: &Catalog,
        component: &impl Fn(Option<&str>, &ObjectRef) -> Option<String>,
    ) -> Self {
        let finding = caused.finding;
        Self {
            component: component(cluster.as_deref(), &finding.object),
            check: finding.check,
            level: finding.level,
            cluster,
            object: finding.object,
            file: finding.place.map(|place| File {
                path: place.path.to_string(),
                line: place.line,
            }),
            message: finding.message,
            // What cannot be shown as it is cannot be pasted.
            remedy: finding
                .remedy
                .filter(|text| !text.chars().any(char::is_control)),
            because: caused.because,
            causes: caused.causes,
            root: caused.root,
            explains: caused.explains,
            docs: catalog.docs(finding.check),
        }
    }
}
