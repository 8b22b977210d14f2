//! What `validate` says, in a form that can be compared.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::program::{Outcome, run};

/// The report of one run.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The exit status.
    pub(crate) status: Option<i32>,
    /// The report.
    pub(crate) report: Value,
}

impl Verdict {
    /// Runs `validate ARGUMENTS -o json`.
    ///
    /// # Panics
    ///
    /// When there is no report.
    pub(crate) fn of(arguments: &[&str]) -> Verdict {
        let arguments = [&["validate", "-o", "json"], arguments].concat();
        let outcome = run("kubectl-platform", &arguments);
        Verdict::read(&outcome)
    }

    /// Reads what a run of `validate -o json` printed.
    pub(crate) fn read(outcome: &Outcome) -> Verdict {
        match serde_json::from_str(&outcome.stdout) {
            Ok(report) => Verdict {
                status: outcome.status,
                report,
            },
            Err(why) => panic!("no report: {why}: {outcome:?}"),
        }
    }

    /// `passed`, `failed` or `incomplete`.
    pub(crate) fn result(&self) -> &str {
        self.report["result"].as_str().unwrap_or_default()
    }

    /// The checks that passed.
    pub(crate) fn passed(&self) -> BTreeSet<&str> {
        strings(&self.report["passed"], |check| check)
    }

    /// The checks that were skipped for this reason.
    pub(crate) fn skipped(&self, reason: &str) -> BTreeSet<&str> {
        let skipped = self.report["skipped"].as_array();
        let skipped = skipped
            .into_iter()
            .flatten()
            .filter(|skip| skip["reason"] == reason);
        skipped.filter_map(|skip| skip["check"].as_str()).collect()
    }

    /// The checks that found something.
    pub(crate) fn found(&self) -> BTreeSet<&str> {
        strings(&self.report["results"], |result| &result["check"])
    }
}

fn strings(list: &Value, of: impl Fn(&Value) -> &Value) -> BTreeSet<&str> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(|entry| of(entry).as_str()).collect()
}
