//! JUnit XML for CI: one test case a check.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::clean::clean;
use super::remedy;
use crate::finding::Level;
use crate::report::{Entry, Report, Skipped};

/// Writes the report as JUnit XML.
///
/// What fails the verdict is a failure. What could not be looked at is an
/// `error` where it makes the result incomplete, else `skipped`: never a success.
///
/// # Errors
/// When writing fails.
pub fn junit(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut suite = TestSuite::new(report.catalog.command);
    for check in report.checks() {
        suite.add_test_case(case(report, check));
    }
    let mut all = quick_junit::Report::new(report.catalog.command);
    all.add_test_suite(suite);
    all.serialize(&mut *out).map_err(io::Error::other)
}

fn case(report: &Report, check: &str) -> TestCase {
    let found: Vec<_> = report
        .results
        .iter()
        .filter(|entry| entry.check == check)
        .collect();
    // A check may be skipped in several clusters, each time for another reason.
    let gaps = (report.skipped.iter()).filter(|skipped| skipped.check == check);
    let mut gaps: Vec<_> = gaps.collect();
    gaps.sort_by_key(|skipped| !report.rules.leaves_open(skipped.reason));
    let gap = gaps.first();
    let worst = found.iter().max_by_key(|entry| entry.level);
    let mut status = match (worst, gap) {
        (Some(worst), _) if report.rules.fails(worst.level) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(line(worst)).set_type(check);
            status
        }
        (Some(worst), None) if worst.level == Level::Warning => TestCaseStatus::success(),
        (_, Some(gap)) => not_looked_at(gap, report),
        _ => TestCaseStatus::success(),
    };
    let lines: Vec<_> = found.iter().map(|entry| line(entry)).collect();
    let is_success = matches!(status, TestCaseStatus::Success { .. });
    if !lines.is_empty() {
        status.set_description(lines.join("\n"));
    }
    let mut case = TestCase::new(check, status);
    case.set_classname(check.split('/').next().unwrap_or(check));
    if is_success && !lines.is_empty() {
        case.set_system_out(lines.join("\n"));
    }
    case
}

fn not_looked_at(gap: &Skipped, report: &Report) -> TestCaseStatus {
    let mut status = if report.rules.leaves_open(gap.reason) {
        TestCaseStatus::non_success(NonSuccessKind::Error)
    } else {
        TestCaseStatus::skipped()
    };
    status
        .set_message(line_of_gap(gap))
        .set_type(gap.reason.word());
    status
}

fn line_of_gap(gap: &Skipped) -> String {
    let cluster = gap.cluster.as_ref();
    let cluster = cluster.map_or(String::new(), |name| format!("{name}: "));
    clean(&format!("{cluster}{}", gap.message)).into_owned()
}

/// A finding on one line, with what explains it and what mends it.
fn line(entry: &Entry) -> String {
    let mut line = entry
        .cluster
        .as_deref()
        .map_or(String::new(), |name| format!("{name}: "));
    line.push_str(&format!("{}: {}", entry.object, entry.message));
    if let Some(because) = &entry.because {
        line.push_str(&format!("; because of {because}"));
    }
    if let Some(remedy) = &entry.remedy {
        line.push_str(&format!("; {}: {remedy}", remedy::word(remedy)));
    }
    clean(&line).into_owned()
}
