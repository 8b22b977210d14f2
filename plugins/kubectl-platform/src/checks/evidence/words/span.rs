//! A span of time in words.

use jiff::{SignedDuration, Timestamp};
use shared::facts::time::Time;

/// How long something lasts, right after words in any tense: ` (for 16m)`, ` (for 3h)`, ` (for 2d)`; empty where nobody
/// knows.
pub(in crate::checks) fn lasting(since: Time, now: Timestamp) -> String {
    since.age(now).map_or_else(String::new, |age| {
        let minutes = age.as_mins();
        match minutes {
            ..60 => format!(" (for {minutes}m)"),
            60..2880 => format!(" (for {}h)", minutes / 60),
            _ => format!(" (for {}d)", minutes / 1440),
        }
    })
}

/// `5 minutes`, `3 hours`, `2 days`.
pub(in crate::checks) fn words(age: SignedDuration) -> String {
    match (age.as_hours(), age.as_mins()) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, _) => "1 hour".to_owned(),
        (hours @ 2..=47, _) => format!("{hours} hours"),
        (hours, _) => format!("{} days", hours / 24),
    }
}
