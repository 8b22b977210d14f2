//! Jobs and CronJobs.

use super::super::meta::{Condition, Meta};
use super::super::time::Time;
use super::super::wire::wire;
use super::apps::PodTemplate;
use super::flux_source::NamedRef;

wire! {
    /// A job.
    pub struct Job {
        pub metadata: Meta,
        pub spec: JobSpec,
        pub status: JobStatus,
    }

    /// `spec` of a job; absent `completions` means one.
    pub struct JobSpec {
        pub suspend: bool,
        pub completions: Option<i64>,
        pub parallelism: Option<i64>,
        pub active_deadline_seconds: Option<i64>,
        pub template: PodTemplate,
    }

    /// `status` of a job.
    pub struct JobStatus {
        pub active: i64,
        pub succeeded: i64,
        pub failed: i64,
        pub start_time: Time,
        pub completion_time: Time,
        pub conditions: Vec<Condition>,
    }

    /// A cron job.
    pub struct CronJob {
        pub metadata: Meta,
        pub spec: CronJobSpec,
        pub status: CronJobStatus,
    }

    /// `spec` of a cron job.
    pub struct CronJobSpec { pub schedule: String, pub suspend: bool, }

    /// `status` of a cron job.
    pub struct CronJobStatus {
        pub active: Vec<NamedRef>,
        pub last_schedule_time: Time,
        pub last_successful_time: Time,
    }
}
