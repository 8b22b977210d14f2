//! The result of `validate` and `check`: frozen once released.

mod catalog;
mod rules;
mod scope;
mod tally;

use schemars::JsonSchema;
use std::time::Duration;

use serde::Serialize;

pub use catalog::Catalog;
pub use rules::Rules;

use crate::cause::{Caused, explain};
use crate::check::Outcome;
use crate::facts::Reason;
use crate::failure::Exit;
use crate::finding::Level;
use crate::object::ObjectRef;
use tally::Tally;

/// `apiVersion` of every report.
pub const API_VERSION: &str = "kubectl-platform/v1";

/// What all checks said of all clusters.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The version of this shape.
    #[schemars(extend("const" = API_VERSION))]
    pub api_version: &'static str,
    /// What this is.
    #[schemars(extend("const" = "Report"))]
    pub kind: &'static str,
    /// The verdict.
    pub result: Verdict,
    /// Checks, each counted once: failed before warnings before skipped before passed.
    pub summary: Summary,
    /// Roots first, errors before warnings, then by how much each explains.
    pub results: Vec<Entry>,
    /// Checks that applied and found nothing.
    pub passed: Vec<&'static str>,
    /// Checks that could not look, and why.
    pub skipped: Vec<Skipped>,
    /// How the verdict was come to.
    #[serde(skip)]
    pub rules: Rules,
    /// Whose checks these are.
    #[serde(skip)]
    pub catalog: Catalog,
}

/// The verdict on all that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// What applies was looked at, and no error was found.
    Passed,
    /// At least one error.
    Failed,
    /// No error, but something that applies could not be looked at.
    Incomplete,
}

impl Verdict {
    /// The exit status that says the same.
    pub const fn exit(self) -> Exit {
        match self {
            Self::Passed => Exit::Passed,
            Self::Failed => Exit::Failed,
            Self::Incomplete => Exit::Incomplete,
        }
    }
}

/// Counts of checks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Checks that found nothing.
    pub passed: usize,
    /// Checks with an error.
    pub failed: usize,
    /// Checks with a warning at most.
    pub warnings: usize,
    /// Checks that could not look.
    pub skipped: usize,
}

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
}

/// What all checks said of one cluster.
pub struct Judged {
    /// The cluster, where several are looked at.
    pub cluster: Option<String>,
    /// One for each check that was run.
    pub outcomes: Vec<Outcome>,
}

impl Judged {
    /// Says that the time is up: what still rolls out after `limit` counts as an error.
    pub fn run_out(&mut self, limit: Duration) {
        let findings = self
            .outcomes
            .iter_mut()
            .flat_map(|outcome| &mut outcome.findings);
        for finding in findings.filter(|finding| finding.level == Level::Info) {
            finding.level = Level::Error;
            finding.message = format!("still rolling out after {limit:?}: {}", finding.message);
        }
    }
}

impl Report {
    /// The ids of all checks that it speaks of, sorted.
    pub fn checks(&self) -> Vec<&'static str> {
        let found = self.results.iter().map(|entry| entry.check);
        let skipped = self.skipped.iter().map(|skipped| skipped.check);
        let all = found.chain(skipped).chain(self.passed.iter().copied());
        let mut checks: Vec<_> = all.collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }

    /// How many objects still roll out.
    pub fn rolling(&self) -> usize {
        let rolling = self
            .results
            .iter()
            .filter(|entry| entry.level == Level::Info);
        rolling.count()
    }

    /// Whether all that still rolls out only waits for what has failed.
    pub fn is_stuck(&self) -> bool {
        let mut rolling = self
            .results
            .iter()
            .filter(|entry| entry.level == Level::Info);
        self.result == Verdict::Failed && rolling.all(|entry| !entry.root)
    }

    /// Brings together what was said of each cluster. `component` names an object's component.
    pub fn new(
        catalog: Catalog,
        judged: Vec<Judged>,
        rules: Rules,
        component: impl Fn(Option<&str>, &ObjectRef) -> Option<String>,
    ) -> Self {
        let mut tally = Tally::default();
        let mut caused: Vec<(Option<String>, Caused)> = Vec::new();
        for Judged { cluster, outcomes } in judged {
            let mut findings = Vec::new();
            for outcome in outcomes {
                tally.ran(cluster.as_deref(), outcome.check, outcome.gap);
                findings.extend(outcome.findings);
            }
            let mut explained = explain(findings);
            if let Some(namespace) = &rules.namespace {
                scope::limit(&mut explained, namespace);
            }
            caused.extend(
                explained
                    .into_iter()
                    .map(|caused| (cluster.clone(), caused)),
            );
        }
        caused.sort_by_key(|(_, caused)| {
            (
                !caused.root,
                std::cmp::Reverse(caused.finding.level),
                std::cmp::Reverse(caused.explains),
            )
        });
        for (_, caused) in &caused {
            tally.found(caused.finding.check, caused.finding.level);
        }
        let results: Vec<Entry> = caused
            .into_iter()
            .map(|(cluster, caused)| Entry::new(cluster, caused, &catalog, &component))
            .collect();
        let (summary, passed, skipped) = tally.close();
        Self {
            api_version: API_VERSION,
            kind: "Report",
            result: rules.verdict(&results, &skipped),
            summary,
            results,
            passed,
            skipped,
            rules,
            catalog,
        }
    }
}

impl Entry {
    fn new(
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
            root: caused.root,
            explains: caused.explains,
            docs: catalog.docs(finding.check),
        }
    }
}
