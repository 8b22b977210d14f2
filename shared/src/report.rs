//! The result of `validate` and `check`: frozen once released.

use serde::Serialize;

use crate::cause::{Caused, explain};
use crate::check::Outcome;
use crate::facts::{Gap, Reason};
use crate::failure::Exit;
use crate::finding::Level;
use crate::object::ObjectRef;

/// `apiVersion` of every report.
pub const API_VERSION: &str = "kubectl-platform/v1";

/// What all checks said of all clusters.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// [`API_VERSION`].
    pub api_version: &'static str,
    /// `Report`.
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
}

/// The verdict on all that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct File {
    /// The path as the user would write it.
    pub path: String,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// A check that could not look.
#[derive(Debug, Clone, Serialize)]
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

/// How a verdict is come to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules {
    /// Warnings fail, and what only a running system or another file could tell is incomplete.
    pub strict: bool,
}

impl Report {
    /// Brings together what was said of each cluster. `component` names an object's component.
    pub fn new(
        judged: Vec<Judged>,
        rules: Rules,
        component: impl Fn(Option<&str>, &ObjectRef) -> Option<String>,
    ) -> Self {
        let mut tally = Tally::default();
        let mut caused: Vec<(Option<String>, Caused)> = Vec::new();
        for Judged { cluster, outcomes } in judged {
            let mut findings = Vec::new();
            for outcome in outcomes {
                tally.add(&cluster, &outcome);
                findings.extend(outcome.findings);
            }
            caused.extend(
                explain(findings)
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
        let results: Vec<Entry> = caused
            .into_iter()
            .map(|(cluster, caused)| Entry::new(cluster, caused, &component))
            .collect();
        let (summary, passed, skipped) = tally.close();
        let result = verdict(&results, &skipped, rules);
        Self {
            api_version: API_VERSION,
            kind: "Report",
            result,
            summary,
            results,
            passed,
            skipped,
        }
    }
}

fn verdict(results: &[Entry], skipped: &[Skipped], rules: Rules) -> Verdict {
    let worst = results.iter().map(|entry| entry.level).max();
    let fails = if rules.strict {
        Level::Warning
    } else {
        Level::Error
    };
    let is_open = |skipped: &Skipped| {
        skipped.reason.is_incomplete()
            || (rules.strict && matches!(skipped.reason, Reason::NotLive | Reason::NotInFile))
    };
    if worst >= Some(fails) {
        Verdict::Failed
    } else if skipped.iter().any(is_open) {
        Verdict::Incomplete
    } else {
        Verdict::Passed
    }
}

impl Entry {
    fn new(
        cluster: Option<String>,
        caused: Caused,
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
            remedy: finding.remedy,
            because: caused.because,
            root: caused.root,
            explains: caused.explains,
            docs: docs(finding.check),
        }
    }
}

/// The anchor of a check in the generated reference.
pub fn docs(check: &str) -> String {
    let anchor: String = check.chars().filter(|c| *c != '/').collect();
    format!(
        "{}/blob/main/plugins/kubectl-platform/CHECKS.md#{anchor}",
        env!("CARGO_PKG_REPOSITORY")
    )
}

/// How each check came out, the worst of all clusters counting.
#[derive(Default)]
struct Tally {
    worst: std::collections::BTreeMap<&'static str, Grade>,
    skipped: Vec<Skipped>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Passed,
    Skipped,
    Warned,
    Failed,
}

impl Tally {
    fn add(&mut self, cluster: &Option<String>, outcome: &Outcome) {
        let level = outcome.findings.iter().map(|finding| finding.level).max();
        let grade = match (level, &outcome.gap) {
            (Some(Level::Error), _) => Grade::Failed,
            (Some(Level::Warning), _) => Grade::Warned,
            (_, Some(_)) => Grade::Skipped,
            (Some(Level::Info) | None, None) => Grade::Passed,
        };
        if let Some(Gap { reason, message }) = &outcome.gap {
            self.skipped.push(Skipped {
                check: outcome.check,
                cluster: cluster.clone(),
                reason: *reason,
                message: message.clone(),
            });
        }
        let worst = self.worst.entry(outcome.check).or_insert(Grade::Passed);
        if grade > *worst {
            *worst = grade;
        }
    }

    fn close(self) -> (Summary, Vec<&'static str>, Vec<Skipped>) {
        let mut summary = Summary::default();
        let mut passed = Vec::new();
        for (check, grade) in self.worst {
            match grade {
                Grade::Passed => {
                    summary.passed += 1;
                    passed.push(check);
                }
                Grade::Skipped => summary.skipped += 1,
                Grade::Warned => summary.warnings += 1,
                Grade::Failed => summary.failed += 1,
            }
        }
        (summary, passed, self.skipped)
    }
}
