//! A span of time in words.

use jiff::Timestamp;
use shared::facts::time::Time;

/// How long ago something was: ` for 16m`, ` for 3h`, ` for 2d`; empty where nobody knows.
pub(in crate::checks) fn lasting(since: Time, now: Timestamp) -> String {
    since.age(now).map_or_else(String::new, |age| {
        let minutes = age.as_mins();
        match minutes {
            ..60 => format!(" for {minutes}m"),
            60..2880 => format!(" for {}h", minutes / 60),
            _ => format!(" for {}d", minutes / 1440),
        }
    })
}
