//! Deployments, ReplicaSets, StatefulSets and DaemonSets.
//!
//! The counts are compared as kstatus does it:
//! <https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/status/core.go>.

use jiff::{SignedDuration, Timestamp};

use super::conditions::{because, first};
use super::{Assess, Health, Status};
use crate::facts::kinds::apps::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use crate::facts::meta::{Condition, condition};
use crate::facts::time::Time;

/// What the API server fills in where a Deployment does not say.
const PROGRESS_DEADLINE_SECONDS: i64 = 600;

/// What says that there is no deadline: what makes no progress for an hour is stuck all the same.
const NO_DEADLINE: i64 = i32::MAX as i64;
const WITHOUT_DEADLINE_SECONDS: i64 = 3600;

/// Pods that are to be replaced by whoever deletes them.
pub(super) const ON_DELETE: &str = "OnDelete";

/// The first count that falls short of what is wanted; each is named by what it counts.
pub(super) fn short(counts: &[(&str, i64, i64)]) -> Option<Health> {
    counts
        .iter()
        .find(|(_, have, want)| have < want)
        .map(|(what, have, want)| {
            let message = format!("{have} of {want} pods {what}");
            Health::new(Status::InProgress, "ReplicasMissing", message)
        })
}

/// More pods than are wanted: old ones still stop.
pub(super) fn extra(have: i64, want: i64) -> Option<Health> {
    (have > want).then(|| {
        let message = format!("{have} pods where {want} are wanted");
        Health::new(Status::InProgress, "ReplicasExtra", message)
    })
}

impl Assess for Deployment {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if let Some(health) = first(&self.metadata, status.observed_generation) {
            return health;
        }
        if self.spec.paused {
            return Health::new(Status::Suspended, "Paused", "its rollout is paused");
        }
        let progressing = condition(&status.conditions, "Progressing");
        if let Some(late) = progressing.filter(|c| c.reason == "ProgressDeadlineExceeded") {
            return because(Status::Failed, late).for_good();
        }
        let want = self.spec.replicas.unwrap_or(1);
        let available = condition(&status.conditions, "Available");
        let unmet = short(&[
            ("exist", status.replicas, want),
            ("are of the latest version", status.updated_replicas, want),
        ])
        .or_else(|| extra(status.replicas, want))
        .or_else(|| {
            short(&[
                ("are available", status.available_replicas, want),
                ("are ready", status.ready_replicas, want),
            ])
        })
        .or_else(|| {
            available
                .filter(|condition| !condition.is_true())
                .map(|condition| because(Status::InProgress, condition))
        });
        let Some(unmet) = unmet else {
            return Health::current();
        };
        let refused = condition(&status.conditions, "ReplicaFailure").filter(|c| c.is_true());
        let why = refused.map_or(unmet, |refused| because(Status::InProgress, refused));
        let seconds = match self.spec.progress_deadline_seconds {
            Some(NO_DEADLINE) => WITHOUT_DEADLINE_SECONDS,
            seconds => seconds.unwrap_or(PROGRESS_DEADLINE_SECONDS),
        };
        why.since(self.unmet_since(progressing, available))
            .within(SignedDuration::from_secs(seconds))
    }
}

impl Deployment {
    /// A rollout counts from its last progress, pods that fell over later from when too few were left.
    fn unmet_since(&self, progressing: Option<&Condition>, available: Option<&Condition>) -> Time {
        let rolled_out = progressing.is_some_and(|c| c.reason == "NewReplicaSetAvailable");
        if rolled_out {
            return available
                .filter(|condition| condition.is_false())
                .map_or(Time::default(), |condition| condition.last_transition_time);
        }
        progressing.map_or(self.metadata.creation_timestamp, |condition| {
            [condition.last_update_time, condition.last_transition_time]
                .into_iter()
                .find(|time| time.0.is_some())
                .unwrap_or_default()
        })
    }
}

impl Assess for ReplicaSet {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if let Some(health) = first(&self.metadata, status.observed_generation) {
            return health;
        }
        let refused = condition(&status.conditions, "ReplicaFailure").filter(|c| c.is_true());
        if let Some(refused) = refused {
            return because(Status::InProgress, refused);
        }
        let want = self.spec.replicas.unwrap_or(1);
        short(&[
            ("are labelled", status.fully_labeled_replicas, want),
            ("are available", status.available_replicas, want),
            ("are ready", status.ready_replicas, want),
        ])
        .or_else(|| extra(status.replicas, want))
        .unwrap_or_else(Health::current)
    }
}

impl Assess for StatefulSet {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if let Some(health) = first(&self.metadata, status.observed_generation) {
            return health;
        }
        let want = self.spec.replicas.unwrap_or(1);
        let unready = short(&[
            ("exist", status.replicas, want),
            ("are ready", status.ready_replicas, want),
        ])
        .or_else(|| extra(status.replicas, want));
        if let Some(health) = unready {
            return health;
        }
        let strategy = &self.spec.update_strategy;
        if strategy.r#type == ON_DELETE {
            return Health::current();
        }
        // The API server writes a partition of 0 where none was asked for.
        let partition = strategy.rolling_update.as_ref().and_then(|r| r.partition);
        if let Some(partition) = partition.filter(|partition| *partition > 0) {
            let what = "are of the latest version";
            return short(&[(what, status.updated_replicas, want - partition)])
                .unwrap_or_else(Health::current);
        }
        if status.current_revision != status.update_revision {
            let what = "are of the latest version";
            return short(&[(what, status.updated_replicas, want)]).unwrap_or_else(|| {
                Health::new(Status::InProgress, "RevisionMismatch", "is rolling out")
            });
        }
        short(&[("are current", status.current_replicas, want)]).unwrap_or_else(Health::current)
    }
}

impl Assess for DaemonSet {
    fn health(&self, _: Timestamp) -> Health {
        let status = &self.status;
        if let Some(health) = first(&self.metadata, status.observed_generation) {
            return health;
        }
        let Some(want) = status.desired_number_scheduled else {
            return super::conditions::no_status(&self.metadata);
        };
        let updated = if self.spec.update_strategy.r#type == ON_DELETE {
            want
        } else {
            status.updated_number_scheduled
        };
        short(&[
            ("are scheduled", status.current_number_scheduled, want),
            ("are of the latest version", updated, want),
            ("are available", status.number_available, want),
            ("are ready", status.number_ready, want),
        ])
        .unwrap_or_else(Health::current)
    }
}
