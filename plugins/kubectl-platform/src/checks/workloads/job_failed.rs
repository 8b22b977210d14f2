//! workloads/job-failed: A job failed for good.
//!
//! The Job has used up its retries or its time and will not be tried again. Of a CronJob only the
//! last Job counts, and only if none has succeeded since.
//!
//! What it said is in the logs of its pods, while they exist: `kubectl -n NAMESPACE logs job/NAME`.
//! Delete the Job once its cause is mended, so that it is made anew.

use jiff::SignedDuration;
use shared::facts::kinds::batch::Job;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::needs::seeing_dependants;
use crate::checks::evidence::operator;
use crate::checks::evidence::pods::dependencies;
use crate::checks::evidence::pods::workload::Workload;
use crate::checks::evidence::pods::{exit, job};
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = seeing_dependants![live(Kind::Job), live(Kind::CronJob)];

/// What failed longer ago than this is a remnant.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for job in view.all::<Job>() {
        let meta = &job.metadata;
        let failed = job::failure(job).filter(|_| meta.deletion_timestamp.0.is_none());
        let Some(failed) = failed else { continue };
        let cron_job = job::cron_job(view, job);
        if cron_job.is_some_and(|cron_job| job::is_past(view, cron_job, job, failed)) {
            continue;
        }
        let (namespace, name) = (&meta.namespace, &meta.name);
        let last = job::last_failure(view, job);
        let end = last.map(|(_, part, end)| format!("; {part} {}", exit::words(Some(end))));
        let end = end.unwrap_or_default();
        let whose = cron_job.map_or("", |_| "its last ");
        let message = format!(
            "{whose}job {name} failed: {}: {}{end}",
            failed.reason, failed.message
        );
        let age = failed.last_transition_time.age(view.now());
        let level = Level::error_if(age.is_none_or(|age| age <= FRESH));
        let workload = cron_job.map_or_else(|| Workload::is(job), Workload::is);
        let spec = last.map_or(&job.spec.template.spec, |(pod, ..)| &pod.spec);
        let suspects = dependencies::of(view, &workload, spec);
        // Of a custom resource's own job its status tells more.
        let owner = meta.controller();
        let owner = owner.filter(|owner| operator::is_foreign(&owner.api_version));
        let finding = workload.about(found, level, message);
        finding
            .blames
            .extend(owner.map(|owner| owner.reference(namespace)));
        finding
            .suspect(suspects)
            .remedy(remedy::logs(&job.reference()));
    }
}
