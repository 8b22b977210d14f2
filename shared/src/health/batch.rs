//! Jobs and CronJobs.

use jiff::{SignedDuration, Timestamp};

use super::conditions::{because, first, since_created};
use super::{Assess, DEFAULT_DEADLINE, Health, Status};
use crate::facts::kinds::batch::{CronJob, Job};
use crate::facts::meta::condition;

impl Assess for Job {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        let is_true = |name| condition(&status.conditions, name).filter(|c| c.is_true());
        if let Some(failed) = is_true("Failed").or_else(|| is_true("FailureTarget")) {
            return because(Status::Failed, failed).for_good();
        }
        if let Some(complete) = is_true("Complete") {
            return because(Status::Current, complete);
        }
        if self.spec.suspend {
            return Health::new(Status::Suspended, "Suspended", "");
        }
        // Between two tries no pod runs either.
        let has_tried = status.failed > 0 || status.succeeded > 0;
        if status.active == 0 && !has_tried {
            let health = since_created(&self.metadata, "JobNotStarted", "no pod runs yet");
            return health.within(self.limit().unwrap_or(DEFAULT_DEADLINE));
        }
        let message = format!(
            "{} running, {} succeeded, {} failed",
            status.active, status.succeeded, status.failed
        );
        // A job may work for as long as it likes, where it sets itself no limit.
        Health::new(Status::InProgress, "JobRunning", message)
            .since(status.start_time)
            .within(self.limit().unwrap_or(SignedDuration::MAX))
    }
}

impl Job {
    fn limit(&self) -> Option<SignedDuration> {
        self.spec
            .active_deadline_seconds
            .map(SignedDuration::from_secs)
    }
}

impl Assess for CronJob {
    fn health(&self, _: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        if self.spec.suspend {
            return Health::new(Status::Suspended, "Suspended", "");
        }
        if !status.active.is_empty() {
            let message = format!("{} of its jobs run", status.active.len());
            return Health::new(Status::InProgress, "JobRunning", message)
                .since(status.last_schedule_time)
                .within(SignedDuration::MAX);
        }
        let ended_well = status.last_successful_time;
        if ended_well.0.is_some() && ended_well < status.last_schedule_time {
            let message = "its last job did not succeed";
            return Health::new(Status::Failed, "LastJobFailed", message)
                .since(status.last_schedule_time);
        }
        Health::current()
    }
}
