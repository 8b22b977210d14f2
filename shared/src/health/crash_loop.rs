//! Containers that end again and again: one rule for what is shown and what is judged.

use jiff::{SignedDuration, Timestamp};

use crate::facts::kinds::pod::{ContainerStatus, Terminated};

/// From so many restarts on, a container that runs unready after a crash is in a crash loop.
const RESTARTS_OF_A_LOOP: i64 = 3;

/// Longer than the longest back-off (5 minutes) between two crashes of a loop.
const LOOP_MEMORY: SignedDuration = SignedDuration::from_mins(12);

/// kubelet's word for it, while a container waits for its next start.
pub const BACK_OFF: &str = "CrashLoopBackOff";

/// A container that ends again and again; how it ended last, where kubelet still knows.
#[derive(Debug, Clone, Copy)]
pub struct CrashLoop<'a>(pub Option<&'a Terminated>);

impl<'a> CrashLoop<'a> {
    /// Whether a container is in one at `now`.
    pub fn of(status: &'a ContainerStatus, now: Timestamp) -> Option<Self> {
        let last = status.last_state.terminated.as_deref();
        if let Some(waiting) = &status.state.waiting {
            return (waiting.reason == BACK_OFF).then_some(Self(last));
        }
        if let Some(ended) = &status.state.terminated {
            let loops = ended.exit_code != 0 && status.restart_count > 0;
            return loops.then_some(Self(Some(ended)));
        }
        let ended = last.filter(|_| !status.ready && status.restart_count >= RESTARTS_OF_A_LOOP)?;
        let age = ended.finished_at.age(now);
        age.is_some_and(|age| age <= LOOP_MEMORY)
            .then_some(Self(Some(ended)))
    }
}
