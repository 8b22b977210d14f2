//! The result of `validate` and `check`: frozen once released.

mod catalog;
mod entry;
mod judged;
mod rules;
mod scope;
mod tally;
mod verdict;

use schemars::JsonSchema;
use serde::Serialize;

pub use catalog::{Catalog, Described};
pub use entry::{Entry, File, Skipped};
pub use judged::Judged;
pub use rules::Rules;
pub use verdict::Verdict;

use crate::cause::{Caused, explain};
use crate::finding::Level;
use crate::object::{API_VERSION, ObjectRef};
use tally::Tally;

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
