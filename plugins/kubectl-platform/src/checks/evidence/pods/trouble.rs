//! What ails a pod: of all that its status says, the one thing that tells most.

use jiff::Timestamp;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::{ContainerStatus, Pod, Terminated};
use shared::facts::meta::condition;
use shared::facts::time::Time;
use shared::health::{BACK_OFF, CrashLoop, DEFAULT_DEADLINE};

/// The words for a container that waits for nothing but its turn.
const STARTING: [&str; 3] = ["", "ContainerCreating", "PodInitializing"];

/// What ails a pod.
#[derive(Clone, Copy)]
pub(in crate::checks) enum Trouble<'a> {
    /// No node takes it; the scheduler's words, empty where no scheduler has looked at it.
    Unscheduled(&'a str),
    /// A container is not even made: kubelet's word and words.
    Waiting(Part<'a>, &'a str, &'a str),
    /// A container ends again and again; how it ended last, where kubelet still knows.
    Crashing(Part<'a>, Option<&'a Terminated>),
    /// An init container runs and runs.
    Initializing(Part<'a>),
    /// Its sandbox or its volumes are not made.
    Creating,
    /// It runs, and is not ready.
    Unready,
    /// It was to be gone by now.
    Leaving,
}

/// A container of a pod.
#[derive(Clone, Copy)]
pub(in crate::checks) struct Part<'a> {
    /// How it fares.
    pub(in crate::checks) status: &'a ContainerStatus,
    /// Whether the pod starts only after it.
    pub(in crate::checks) is_init: bool,
}

impl std::fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let init = if self.is_init { "init " } else { "" };
        write!(f, "{init}container {}", self.status.name)
    }
}

impl Part<'_> {
    /// How much memory it may take, where its pod says.
    pub(in crate::checks) fn memory_limit<'p>(&self, pod: &'p Pod) -> Option<&'p IntOrString> {
        let mut containers = pod.spec.init_containers.iter().chain(&pod.spec.containers);
        let own = containers.find(|container| container.name == self.status.name)?;
        own.resources.limits.get("memory")
    }
}

impl<'a> Trouble<'a> {
    /// What ails a pod at `now`, nothing where it is well, done, or still has time to become well.
    pub(in crate::checks) fn of(pod: &'a Pod, now: Timestamp) -> Option<Self> {
        if pod.metadata.deletion_timestamp.0.is_some() {
            return is_late(pod.metadata.deletion_timestamp, now).then_some(Self::Leaving);
        }
        if matches!(pod.status.phase.as_str(), "Succeeded" | "Failed") {
            return None;
        }
        if pod.spec.node_name.is_empty() {
            return unscheduled(pod, now);
        }
        let parts = || parts(pod);
        parts()
            .find_map(waiting)
            .or_else(|| parts().find_map(|part| crashing(part, now)))
            .or_else(|| not_ready(pod, now))
    }
}

/// The containers of a pod with a status, init containers first.
pub(in crate::checks) fn parts(pod: &Pod) -> impl Iterator<Item = Part<'_>> {
    let init = pod
        .status
        .init_container_statuses
        .iter()
        .map(|status| Part {
            status,
            is_init: !is_sidecar(pod, &status.name),
        });
    let main = pod.status.container_statuses.iter().map(|status| Part {
        status,
        is_init: false,
    });
    init.chain(main)
}

/// An init container that runs as long as the pod does.
fn is_sidecar(pod: &Pod, name: &str) -> bool {
    let mut init = pod.spec.init_containers.iter();
    init.any(|container| container.name == name && container.restart_policy == "Always")
}

/// Whether something that began then should be over by now.
pub(in crate::checks) fn is_late(since: Time, now: Timestamp) -> bool {
    since.age(now).is_some_and(|age| age > DEFAULT_DEADLINE)
}

fn unscheduled(pod: &Pod, now: Timestamp) -> Option<Trouble<'_>> {
    let scheduled = condition(&pod.status.conditions, "PodScheduled");
    let since = scheduled
        .map(|condition| condition.last_transition_time)
        .filter(|time| time.0.is_some())
        .unwrap_or(pod.metadata.creation_timestamp);
    let message = scheduled.map_or("", |condition| condition.message.as_str());
    let is_gated = !pod.spec.scheduling_gates.is_empty();
    (is_late(since, now) && !is_gated).then_some(Trouble::Unscheduled(message))
}

fn waiting(part: Part<'_>) -> Option<Trouble<'_>> {
    let waiting = part.status.state.waiting.as_ref()?;
    let reason = waiting.reason.as_str();
    let is_trouble = !STARTING.contains(&reason) && reason != BACK_OFF;
    is_trouble.then_some(Trouble::Waiting(part, reason, &waiting.message))
}

fn crashing(part: Part<'_>, now: Timestamp) -> Option<Trouble<'_>> {
    let CrashLoop(end) = CrashLoop::of(part.status, now)?;
    Some(Trouble::Crashing(part, end))
}

fn not_ready(pod: &Pod, now: Timestamp) -> Option<Trouble<'_>> {
    let conditions = &pod.status.conditions;
    let ready = condition(conditions, "Ready");
    if ready.is_some_and(|ready| ready.is_true()) {
        return None;
    }
    let since = ready.map_or(pod.metadata.creation_timestamp, |c| c.last_transition_time);
    if !is_late(since, now) {
        return None;
    }
    let runs = |part: &Part<'_>| part.status.state.running.is_some();
    if let Some(init) = parts(pod).find(|part| part.is_init && runs(part)) {
        return Some(Trouble::Initializing(init));
    }
    if !parts(pod).any(|part| !part.is_init && runs(&part)) {
        return Some(Trouble::Creating);
    }
    let has_worked = |part: Part<'_>| part.status.state.terminated.is_some();
    let ends_bit_by_bit = ["Never", "OnFailure"].contains(&pod.spec.restart_policy.as_str())
        && parts(pod).any(has_worked);
    (!ends_bit_by_bit).then_some(Trouble::Unready)
}
