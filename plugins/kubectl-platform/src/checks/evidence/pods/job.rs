//! Jobs that failed: how, and whether that still matters.

use shared::facts::View;
use shared::facts::kinds::batch::{CronJob, Job};
use shared::facts::kinds::pod::{Pod, Terminated};
use shared::facts::meta::{Condition, condition};

use super::trouble::{Part, parts};

/// The condition that says that a job failed for good.
pub(in crate::checks) fn failure(job: &Job) -> Option<&Condition> {
    let failed =
        |name| condition(&job.status.conditions, name).filter(|condition| condition.is_true());
    failed("Failed").or_else(|| failed("FailureTarget"))
}

/// The CronJob that made a job.
pub(in crate::checks) fn cron_job<'a>(view: &View<'a>, job: &Job) -> Option<&'a CronJob> {
    let owner = job
        .metadata
        .controller()
        .filter(|owner| owner.kind == "CronJob");
    view.get::<CronJob>(
        &job.metadata.namespace,
        owner.map_or("", |owner| &owner.name),
    )
}

/// Whether the CronJob has gone on since: a later Job, or a success.
pub(in crate::checks) fn is_past(
    view: &View<'_>,
    cron_job: &CronJob,
    job: &Job,
    failed: &Condition,
) -> bool {
    let is_later = |other: &Job| {
        other.metadata.creation_timestamp > job.metadata.creation_timestamp
            && other.metadata.namespace == job.metadata.namespace
            && other.metadata.controller().is_some_and(|owner| {
                owner.kind == "CronJob" && owner.name == cron_job.metadata.name
            })
    };
    cron_job.status.last_successful_time >= failed.last_transition_time
        || view.all::<Job>().iter().any(is_later)
}

/// The newest pod of a job that failed, and how.
pub(in crate::checks) fn last_failure<'a>(
    view: &View<'a>,
    job: &Job,
) -> Option<(&'a Pod, Part<'a>, &'a Terminated)> {
    let pods = view.pods_of("Job", &job.metadata.namespace, &job.metadata.name);
    let newest = pods
        .filter(|pod| pod.status.phase == "Failed")
        .max_by_key(|pod| pod.metadata.creation_timestamp)?;
    let mut ends =
        parts(newest).filter_map(|part| Some((part, part.status.state.terminated.as_ref()?)));
    let (part, end) = ends.find(|(_, end)| end.exit_code != 0)?;
    Some((newest, part, end))
}
