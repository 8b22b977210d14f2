//! The workload that answers for a pod, and troubled pods put together by it.

use shared::facts::kinds::apps::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use shared::facts::kinds::batch::{CronJob, Job};
use shared::facts::kinds::pod::Pod;
use shared::facts::meta::{Meta, Owner};
use shared::facts::{Fact, View};
use shared::finding::{Finding, Findings, Level};
use shared::object::ObjectRef;

/// What makes pods and replaces them: a Deployment, a StatefulSet, ..., or a pod nobody replaces.
#[derive(Clone)]
pub(in crate::checks) struct Workload<'a> {
    /// What findings about it point at.
    pub(in crate::checks) object: ObjectRef,
    /// Its metadata, where it was read.
    pub(in crate::checks) meta: Option<&'a Meta>,
}

impl<'a> Workload<'a> {
    /// The top controller of a pod. A pod that nobody manages, or its node (a static pod), stands
    /// for itself.
    pub(in crate::checks) fn of(view: &View<'a>, pod: &'a Pod) -> Self {
        let meta = pod.meta();
        let Some(owner) = meta.controller().filter(|owner| owner.kind != "Node") else {
            return Self {
                object: pod.reference(),
                meta: Some(meta),
            };
        };
        let above = above(view, meta, owner);
        let top = above.as_ref().unwrap_or(owner);
        Self {
            object: top.reference(&meta.namespace),
            meta: metas(view, &meta.namespace, &top.name)
                .into_iter()
                .flatten()
                .find(|meta| meta.kind == top.kind),
        }
    }

    /// The workload that an object is.
    pub(in crate::checks) fn is<F: Fact>(fact: &'a F) -> Self {
        Self {
            object: fact.reference(),
            meta: Some(fact.meta()),
        }
    }

    /// Says something about the workload, at the place where it was read.
    pub(in crate::checks) fn about<'f>(
        &self,
        found: &'f mut Findings,
        level: Level,
        message: impl Into<String>,
    ) -> &'f mut Finding {
        let object = self.object.clone();
        match self.meta {
            Some(meta) => found.about_read(level, object, meta, message),
            None => found.missing(level, object, message),
        }
    }
}

/// The controller of a pod's controller: a Deployment (or what else makes ReplicaSets), a CronJob.
fn above(view: &View<'_>, pod: &Meta, owner: &Owner) -> Option<Owner> {
    let namespace = &pod.namespace;
    match owner.kind.as_str() {
        "ReplicaSet" => match view.get::<ReplicaSet>(namespace, &owner.name) {
            Some(set) => set.metadata.controller().cloned(),
            None => deployment_by_hash(pod, owner),
        },
        "Job" => match view.get::<Job>(namespace, &owner.name) {
            Some(job) => job
                .metadata
                .controller()
                .filter(|owner| owner.kind == "CronJob")
                .cloned(),
            None => cron_job_by_time(owner),
        },
        _ => None,
    }
}

/// A Deployment names its ReplicaSets after itself and the hash that it labels pods with.
fn deployment_by_hash(pod: &Meta, owner: &Owner) -> Option<Owner> {
    let hash = pod.label("pod-template-hash");
    let name = owner.name.strip_suffix(hash)?.strip_suffix('-')?;
    Some(Owner {
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        name: name.into(),
        controller: true,
    })
}

/// A CronJob names its Jobs after itself and the minute that they were due.
fn cron_job_by_time(owner: &Owner) -> Option<Owner> {
    let (name, minute) = owner.name.rsplit_once('-')?;
    let is_time = minute.len() >= 8 && minute.bytes().all(|byte| byte.is_ascii_digit());
    is_time.then(|| Owner {
        api_version: "batch/v1".into(),
        kind: "CronJob".into(),
        name: name.into(),
        controller: true,
    })
}

fn metas<'a>(view: &View<'a>, namespace: &str, name: &str) -> [Option<&'a Meta>; 6] {
    [
        view.get::<Deployment>(namespace, name).map(Fact::meta),
        view.get::<StatefulSet>(namespace, name).map(Fact::meta),
        view.get::<DaemonSet>(namespace, name).map(Fact::meta),
        view.get::<ReplicaSet>(namespace, name).map(Fact::meta),
        view.get::<Job>(namespace, name).map(Fact::meta),
        view.get::<CronJob>(namespace, name).map(Fact::meta),
    ]
}

/// Pods of one workload, each with what ails it.
pub(in crate::checks) struct Group<'a, C> {
    /// Whose pods they are.
    pub(in crate::checks) workload: Workload<'a>,
    /// The first of them.
    pub(in crate::checks) pod: &'a Pod,
    /// What ails the first.
    pub(in crate::checks) cause: C,
    others: Vec<(&'a Pod, C)>,
}

/// The pods that are unsettled and ail as `cause` tells, by their workloads.
pub(in crate::checks) fn ailing<'a, C>(
    view: &View<'a>,
    cause: impl Fn(&'a Pod) -> Option<C>,
) -> Vec<Group<'a, C>> {
    let pods = view.unsettled_pods();
    by_workload(view, pods.filter_map(|pod| Some((pod, cause(pod)?))))
}

/// Puts pods that have the same workload together.
pub(in crate::checks) fn by_workload<'a, C>(
    view: &View<'a>,
    pods: impl IntoIterator<Item = (&'a Pod, C)>,
) -> Vec<Group<'a, C>> {
    let mut groups: Vec<Group<'a, C>> = Vec::new();
    for (pod, cause) in pods {
        let workload = Workload::of(view, pod);
        let mut known = groups.iter_mut();
        match known.find(|group| group.workload.object == workload.object) {
            Some(group) => group.others.push((pod, cause)),
            None => groups.push(Group {
                workload,
                pod,
                cause,
                others: Vec::new(),
            }),
        }
    }
    groups
}

impl<'a, C> Group<'a, C> {
    /// How many pods there are.
    pub(in crate::checks) fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Each pod, with what ails it.
    pub(in crate::checks) fn members(&self) -> impl Iterator<Item = (&'a Pod, &C)> {
        let others = self.others.iter().map(|(pod, cause)| (*pod, cause));
        std::iter::once((self.pod, &self.cause)).chain(others)
    }

    /// The pod that is worst off, of those that are equally so the last.
    pub(in crate::checks) fn worst<K: Ord>(&self, by: impl Fn(&C) -> K) -> (&'a Pod, &C) {
        let mut worst = (self.pod, &self.cause);
        for (pod, cause) in &self.others {
            if by(cause) >= by(worst.1) {
                worst = (pod, cause);
            }
        }
        worst
    }

    /// The pods in words: `pod a`, `pods a, b and 3 more`.
    pub(in crate::checks) fn named(&self) -> String {
        named(&self.members().map(|(pod, _)| pod).collect::<Vec<_>>())
    }
}

/// Pods in words: `pod a`, `pods a, b and 3 more`.
pub(in crate::checks) fn named(pods: &[&Pod]) -> String {
    let names: Vec<_> = pods.iter().map(|pod| &pod.metadata.name).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("pod {one}"),
        [one, other] => format!("pods {one}, {other}"),
        [one, other, rest @ ..] => format!("pods {one}, {other} and {} more", rest.len()),
    }
}
