//! A point in time as the API writes it; what cannot be read as one is no time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::Text;

/// Go counts nanoseconds in 64 bits: 292 years.
const LONGEST: SignedDuration = SignedDuration::from_nanos(i64::MAX);

/// An optional RFC 3339 time. A malformed one counts as absent: no check may rest on it. So does the
/// start of 1970, which definitions give as default to conditions that no controller has written yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(pub Option<Timestamp>);

impl Time {
    /// How long ago this was at `now`; nothing where there is no time.
    pub fn age(self, now: Timestamp) -> Option<SignedDuration> {
        self.0.map(|then| now.duration_since(then))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<Text>::deserialize(deserializer)?;
        let time = text.and_then(|text| text.parse().ok());
        Ok(Self(time.filter(|time| *time > Timestamp::UNIX_EPOCH)))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A time limit as one writes it: `5m`, `1h 30m`.
pub fn shown(limit: Duration) -> String {
    let limit = SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX);
    format!("{limit:#}")
}

/// Reads a Go duration as Flux and cert-manager write them (`1h0m0s`, `90s`, `1.5h`, `100ms`).
///
/// Returns nothing for text that is none, and for more than Go takes, so that sums of what objects tell
/// stay in range.
/// See <https://pkg.go.dev/time#ParseDuration>.
pub fn go_duration(text: &str) -> Option<SignedDuration> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let unit_len = tail
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_len);
        let seconds = match unit {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * seconds;
        rest = tail;
    }
    let read = SignedDuration::try_from_secs_f64(total).ok();
    read.filter(|duration| *duration <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        for (seconds, expected) in [(90, "1m 30s"), (300, "5m"), (3600, "1h")] {
            assert_eq!(shown(Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn go_durations() {
        for (text, seconds) in [
            ("1h0m0s", Some(3600)),
            ("5m", Some(300)),
            ("90s", Some(90)),
            ("1.5h", Some(5400)),
            ("5", None),
            ("", None),
            ("soon", None),
            ("2562047h47m16s", Some(9_223_372_036)),
            ("2562047h47m17s", None),
            ("2000000000000000h", None),
        ] {
            assert_eq!(go_duration(text).map(|d| d.as_secs()), seconds, "{text:?}");
        }
    }
}
