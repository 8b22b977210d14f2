//! How each check came out, the worst of all clusters counting.

use std::collections::BTreeMap;

use super::{Skipped, Summary};
use crate::facts::Gap;
use crate::finding::Level;

#[derive(Default)]
pub(super) struct Tally {
    worst: BTreeMap<&'static str, Grade>,
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
    /// Counts a check that was run, and what it could not look at.
    pub(super) fn ran(&mut self, cluster: Option<&str>, check: &'static str, gap: Option<Gap>) {
        let Some(gap) = gap else {
            return self.grade(check, Grade::Passed);
        };
        self.grade(check, Grade::Skipped);
        self.skipped.push(Skipped::new(check, cluster, gap));
    }

    /// Counts something that a check found.
    pub(super) fn found(&mut self, check: &'static str, level: Level) {
        match level {
            Level::Error => self.grade(check, Grade::Failed),
            Level::Warning => self.grade(check, Grade::Warned),
            Level::Info => {}
        }
    }

    fn grade(&mut self, check: &'static str, grade: Grade) {
        let worst = self.worst.entry(check).or_insert(Grade::Passed);
        if grade > *worst {
            *worst = grade;
        }
    }

    pub(super) fn close(self) -> (Summary, Vec<&'static str>, Vec<Skipped>) {
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
