//! What all checks said, before it is brought together.

use std::time::Duration;

use crate::check::Outcome;
use crate::facts::time;
use crate::finding::Level;

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
        let limit = time::shown(limit);
        for finding in findings.filter(|finding| finding.level == Level::Info) {
            finding.level = Level::Error;
            finding.message = format!("still rolling out after {limit}: {}", finding.message);
        }
    }
}
