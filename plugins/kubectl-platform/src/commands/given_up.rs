//! Whether waiting is of no use any more.

use std::collections::HashSet;

use shared::facts::Facts;
use shared::finding::Level;
use shared::health::judge_all;
use shared::object::ObjectRef;
use shared::report::Report;

/// Whether an error is about, or because of, something that nobody tries again. What is left of earlier times, such as
/// the failed Job that a CronJob keeps, is no error.
pub(super) fn has_failed_for_good(report: &Report, facts: &Facts) -> bool {
    let errors = report.results.iter();
    let errors =
        errors.filter(|entry| entry.level == Level::Error && entry.cluster == facts.cluster);
    let at_fault: HashSet<&ObjectRef> = errors
        .flat_map(|entry| [Some(&entry.object), entry.because.as_ref()])
        .flatten()
        .collect();
    let all = judge_all(facts);
    all.iter()
        .any(|seen| seen.health.is_final && at_fault.contains(&seen.object))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use shared::check;
    use shared::report::{Judged, Rules, Verdict};
    use shared::source::read_path;

    use super::*;
    use crate::checks::{self, CATALOG};

    fn is_given_up(fixtures: &[&str]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        for (number, fixture) in fixtures.iter().enumerate() {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/checks");
            let to = folder.path().join(format!("{number}.yaml"));
            std::fs::copy(from.join(fixture), to).unwrap();
        }
        let at: jiff::Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let facts = read_path(folder.path(), at).unwrap();
        let judged = Judged {
            cluster: None,
            outcomes: check::run_all(&checks::all().collect::<Vec<_>>(), &facts),
        };
        let rules = Rules {
            strict: false,
            namespace: None,
        };
        let report = Report::new(CATALOG, vec![judged], rules, |_, _| None);
        assert_eq!(report.result, Verdict::Failed);
        has_failed_for_good(&report, &facts)
    }

    #[test]
    fn what_an_error_is_about_may_have_failed_for_good() {
        assert!(is_given_up(&["workloads/job-failed/bad.yaml"]));
    }

    #[test]
    fn what_is_left_of_earlier_failures_ends_no_waiting() {
        assert!(!is_given_up(&[
            "workloads/job-failed/good.yaml",
            "flux/kustomization-not-ready/bad.yaml"
        ]));
    }
}
