//! workloads/cron-job-not-scheduled: A CronJob makes no jobs.
//!
//! Its controller cannot tell when the next is due: the time zone is unknown to it, the schedule cannot be
//! read, or so many runs were missed that it gave up counting.
//!
//! Correct `spec.timeZone` or `spec.schedule`. Where runs were missed, set `spec.startingDeadlineSeconds`, so
//! that only as many count.

use shared::facts::kinds::batch::CronJob;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[live(Kind::CronJob), live(Kind::Event).lookup()];

/// The controller's words, of several versions.
/// See <https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/cronjob/cronjob_controllerv2.go>.
const REASONS: &[&str] = &[
    "UnknownTimeZone",
    "UnparseableSchedule",
    "UnParseableCronJobSchedule",
    "InvalidSchedule",
    "TooManyMissedTimes",
    "FailedNeedsStart",
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for cron_job in view.all::<CronJob>().iter().filter(|one| !one.spec.suspend) {
        let object = cron_job.reference();
        let mut said = view.warnings_about(&object);
        let Some(event) = said.find(|event| REASONS.contains(&event.reason.as_str())) else {
            continue;
        };
        let told = format!("makes no jobs: {}: {}", event.reason, event.message.trim());
        found
            .error(cron_job, told)
            .remedy(remedy::describe(&object));
    }
}
