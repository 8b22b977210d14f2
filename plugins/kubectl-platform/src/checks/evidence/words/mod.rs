//! What a health verdict says, in the words of a finding; below it what controllers say, and what to paste.

pub(in crate::checks) mod answer;
mod mention;
pub(in crate::checks) mod message;
pub(in crate::checks) mod remedy;
pub(in crate::checks) mod span;

use shared::health::Health;

/// The reason and its message, whichever of them there is.
pub(in crate::checks) fn told(health: &Health) -> String {
    match (health.reason.as_str(), health.message.trim()) {
        (reason, "") => reason.to_owned(),
        ("", message) => message.to_owned(),
        (reason, message) => format!("{reason}: {message}"),
    }
}
