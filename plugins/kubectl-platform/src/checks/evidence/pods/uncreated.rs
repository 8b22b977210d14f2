//! Pods whose containers or sandbox the runtime does not make: its words, or, where nobody says, what
//! holds a volume of theirs.
//!
//! A check that uses this hints at `Event`, `Secret`, `ConfigMap` and `PersistentVolumeClaim`.

use shared::facts::View;
use shared::facts::kinds::pod::Pod;

use super::hold::Hold;
use super::pull;
use super::trouble::Trouble;
use crate::checks::evidence::volumes;

/// What is not made, and why.
pub(in crate::checks) struct Uncreated {
    /// In words.
    pub(in crate::checks) words: String,
    /// Who may be behind it.
    pub(in crate::checks) by: By,
}

/// Who may be behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum By {
    /// The container runtime, which refuses.
    Runtime,
    /// The network.
    Network,
    /// Nobody says: the network, the pod's volumes, or an image that takes long.
    Anything,
}

/// Nobody says what it waits for.
const UNTOLD: &str = "its containers are not created, and no event tells why";

/// What of a pod is not made.
pub(in crate::checks) fn of(view: &View<'_>, pod: &Pod) -> Option<Uncreated> {
    let (words, by) = match (Hold::of(view, pod), Trouble::of(pod, view.now())?) {
        (Some(Hold::Config(_) | Hold::Volume(_)), _) => return None,
        (Some(Hold::Sandbox(words)), _) => (format!("has no sandbox: {words}"), By::Network),
        (Some(Hold::Unknown), _) => {
            let held = volumes::held(view, pod);
            let held = held.map_or_else(String::new, |held| format!("; {held}"));
            (format!("{UNTOLD}{held}"), By::Anything)
        }
        (None, Trouble::Waiting(part, reason, words)) if !pull::REASONS.contains(&reason) => (
            format!("{part} is not created ({reason}): {words}"),
            By::Runtime,
        ),
        _ => return None,
    };
    Some(Uncreated { words, by })
}
