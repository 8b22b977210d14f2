//! Pods.

use jiff::Timestamp;

use super::conditions::{because, first, since_created};
use super::{Assess, CrashLoop, DEFAULT_DEADLINE, Health, Status};
use crate::facts::kinds::pod::{ContainerStatus, Pod, Terminated};
use crate::facts::meta::{Condition, condition};
use crate::facts::time::Time;

impl Assess for Pod {
    fn health(&self, now: Timestamp) -> Health {
        if let Some(health) = first(&self.metadata, 0) {
            return health;
        }
        let status = &self.status;
        match status.phase.as_str() {
            "Succeeded" => Health::new(Status::Current, "Completed", ""),
            "Failed" => ended(self),
            "Unknown" => Health::new(Status::Unknown, &status.reason, &status.message),
            phase => broken_container(self, now)
                .or_else(|| unschedulable(self, now))
                .unwrap_or_else(|| starting(self, phase)),
        }
    }
}

/// A pod that has run and failed; kubelet's `PodCompleted` says that it has done its work.
fn ended(pod: &Pod) -> Health {
    let status = &pod.status;
    let ready = condition(&status.conditions, "Ready");
    if let Some(ready) = ready.filter(|ready| ready.reason == "PodCompleted") {
        return because(Status::Current, ready);
    }
    let since = ready.map_or(Time::default(), |ready| ready.last_transition_time);
    if !status.reason.is_empty() || !status.message.is_empty() {
        return Health::new(Status::Failed, &status.reason, &status.message).since(since);
    }
    let ended = containers(pod)
        .find_map(|container| Some((container, container.state.terminated.as_ref()?)))
        .filter(|(_, ended)| ended.exit_code != 0);
    ended.map_or_else(
        || Health::new(Status::Failed, "PodFailed", "").since(since),
        |(container, ended)| exit(container, ended),
    )
}

fn containers(pod: &Pod) -> impl Iterator<Item = &ContainerStatus> {
    let status = &pod.status;
    let init = status.init_container_statuses.iter();
    init.chain(&status.container_statuses)
}

fn exit(container: &ContainerStatus, ended: &Terminated) -> Health {
    let said = ended.message.trim();
    let said = if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    };
    let message = format!(
        "container {} exited with {}{said}",
        container.name, ended.exit_code
    );
    let reason = if ended.reason.is_empty() {
        "Error"
    } else {
        &ended.reason
    };
    Health::new(Status::Failed, reason, message).since(ended.finished_at)
}

/// A container that cannot be started, or is started over and over.
fn broken_container(pod: &Pod, now: Timestamp) -> Option<Health> {
    containers(pod).find_map(|container| {
        let waiting = container.state.waiting.as_ref();
        let refused = waiting.filter(|waiting| is_failure(&waiting.reason));
        let ended = match (refused, CrashLoop::of(container, now)) {
            (_, Some(CrashLoop(Some(ended)))) => exit(container, ended),
            (Some(waiting), _) => {
                let message = format!("container {}: {}", container.name, waiting.message);
                Health::new(Status::Failed, &waiting.reason, message)
            }
            _ => return None,
        };
        let reason = refused.map(|waiting| waiting.reason.to_string());
        Some(Health {
            reason: reason.unwrap_or(ended.reason),
            ..ended
        })
    })
}

/// The reasons for which kubelet gives up for now: `ErrImagePull`, `CreateContainerConfigError`,
/// `CrashLoopBackOff`, ...
/// See <https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/images/types.go>.
fn is_failure(reason: &str) -> bool {
    reason.starts_with("Err")
        || reason.ends_with("Error")
        || reason.ends_with("BackOff")
        || matches!(reason, "InvalidImageName" | "ImageInspectError")
}

/// A pod that finds no node. A node, or a volume, may still be made for it.
fn unschedulable(pod: &Pod, now: Timestamp) -> Option<Health> {
    let scheduled = condition(&pod.status.conditions, "PodScheduled")?;
    if !scheduled.is_false() || scheduled.reason != "Unschedulable" {
        return None;
    }
    let since = [
        scheduled.last_transition_time,
        pod.metadata.creation_timestamp,
    ]
    .into_iter()
    .find(|time| time.0.is_some())
    .unwrap_or_default();
    let is_new = since.age(now).is_some_and(|age| age <= DEFAULT_DEADLINE);
    let status = if is_new {
        Status::InProgress
    } else {
        Status::Failed
    };
    Some(because(status, scheduled).since(since))
}

fn starting(pod: &Pod, phase: &str) -> Health {
    let conditions = &pod.status.conditions;
    let ready = condition(conditions, "Ready");
    if phase == "Running" && ready.is_some_and(Condition::is_true) {
        return Health::current();
    }
    let waiting = containers(pod)
        .filter_map(|container| container.state.waiting.as_ref())
        .find(|waiting| !waiting.reason.is_empty() && waiting.reason != "PodInitializing");
    let unmet = ["PodScheduled", "Initialized", "ContainersReady", "Ready"]
        .into_iter()
        .filter_map(|name| condition(conditions, name))
        .find(|condition| !condition.is_true());
    match (waiting, unmet) {
        (Some(waiting), _) => since_created(&pod.metadata, &waiting.reason, &waiting.message),
        (None, Some(unmet)) => because(Status::InProgress, unmet),
        (None, None) => since_created(&pod.metadata, "Pending", "is not running yet"),
    }
}
