//! Workloads whose pods the API server refuses to make.

use jiff::SignedDuration;
use shared::facts::kinds::apps::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use shared::facts::kinds::batch::Job;
use shared::facts::kinds::core::ResourceQuota;
use shared::facts::meta::condition;
use shared::facts::{Fact, View};

use super::refusal;
use super::workload::Workload;
use crate::checks::evidence::siblings::Siblings;

/// Controllers try again within this time.
const RECENT: SignedDuration = SignedDuration::from_mins(20);

/// Workloads that are short of pods, with what their controllers were told.
pub(in crate::checks) fn workloads<'a>(view: &View<'a>) -> Vec<(Workload<'a>, &'a str)> {
    let deployments = view.all::<Deployment>().iter().filter_map(|deployment| {
        let failure = condition(&deployment.status.conditions, "ReplicaFailure")?;
        failure
            .is_true()
            .then(|| (Workload::is(deployment), failure.message.as_str()))
    });
    let sets = view
        .all::<ReplicaSet>()
        .iter()
        .filter(|set| set.metadata.controller().is_none());
    let sets = sets.filter_map(|set| {
        let failure = condition(&set.status.conditions, "ReplicaFailure")?;
        failure
            .is_true()
            .then(|| (Workload::is(set), failure.message.as_str()))
    });
    let stateful = view
        .all::<StatefulSet>()
        .iter()
        .filter(|set| set.status.replicas < set.spec.replicas.unwrap_or(1));
    let daemons = view.all::<DaemonSet>().iter().filter(|set| {
        set.status.current_number_scheduled < set.status.desired_number_scheduled.unwrap_or(0)
    });
    let jobs = view.all::<Job>().iter().filter(|job| {
        let pods = [job.status.active, job.status.succeeded, job.status.failed];
        pods == [0; 3]
    });
    deployments
        .chain(sets)
        .chain(stateful.filter_map(|set| told(view, set)))
        .chain(daemons.filter_map(|set| told(view, set)))
        .chain(jobs.filter_map(|job| told(view, job)))
        .collect()
}

fn told<'a, F: Fact>(view: &View<'a>, fact: &'a F) -> Option<(Workload<'a>, &'a str)> {
    let object = fact.reference();
    let event = view
        .warnings_about(&object)
        .find(|event| event.reason == "FailedCreate")?;
    let is_recent = event
        .last_seen()
        .age(view.now())
        .is_some_and(|age| age <= RECENT);
    is_recent.then(|| (Workload::is(fact), event.message.as_str()))
}

/// Those whose pods one namespace's PodSecurity level forbids.
pub(in crate::checks) fn by_security_level(refused: &[(Workload<'_>, &str)]) -> Siblings {
    let mut siblings = Siblings::default();
    for (workload, message) in refused {
        if let Some(level) = refusal::security_level(message) {
            siblings.add(workload.object.clone(), workload.object.namespace(), level);
        }
    }
    siblings
}

/// What of a quota is used up: `pods 10 of 10`.
pub(in crate::checks) fn used(view: &View<'_>, namespace: &str, name: &str) -> String {
    let Some(quota) = view.get::<ResourceQuota>(namespace, name) else {
        return "see what asks for it".to_owned();
    };
    let used = quota.status.hard.iter().map(|(resource, hard)| {
        let used = quota.status.used.get(resource).cloned().unwrap_or_default();
        format!("{resource} {used} of {hard}")
    });
    used.collect::<Vec<_>>().join(", ")
}
