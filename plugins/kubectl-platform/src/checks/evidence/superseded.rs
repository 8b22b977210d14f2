//! Runs of something that is done again and again: a failed one matters until a later one succeeds.

use jiff::{SignedDuration, Timestamp};
use shared::facts::View;
use shared::facts::kinds::custom::Custom;
use shared::health::{Assess, Status};

/// Runs that somebody starts by hand, once; nothing comes after them.
const ONCE: [&str; 3] = ["DataDownload", "PodVolumeRestore", "Restore"];

/// After this time one of those is history.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Whether a later object of the same kind and series did well: a backup of the day after, whose name
/// differs in its time alone. A backup that somebody made by hand is as good as any later one of the same.
/// What was done only once is past after a day.
pub(in crate::checks) fn by_later(view: &View<'_>, custom: &Custom, now: Timestamp) -> bool {
    let age = custom.metadata.creation_timestamp.age(now);
    if ONCE.contains(&&*custom.kind) && age.is_some_and(|age| age > REMEMBERED) {
        return true;
    }
    let series = series(&custom.metadata.name);
    if series.is_none() && custom.kind != "Backup" {
        return false;
    }
    let cluster = |one: &Custom| one.spec.text("cluster.name").to_owned();
    view.all::<Custom>().iter().any(|other| {
        other.kind == custom.kind
            && other.metadata.namespace == custom.metadata.namespace
            && other.metadata.creation_timestamp > custom.metadata.creation_timestamp
            && (series.is_none() || self::series(&other.metadata.name) == series)
            && cluster(other) == cluster(custom)
            && other.health(now).status == Status::Current
    })
}

/// The last run of a series, where an earlier one failed as it did: what is to be mended ails that one too.
pub(in crate::checks) fn last<'a>(
    view: &View<'a>,
    custom: &Custom,
    now: Timestamp,
) -> Option<&'a Custom> {
    let series = series(&custom.metadata.name)?;
    let created = |one: &Custom| one.metadata.creation_timestamp;
    let later = view.all::<Custom>().iter().filter(|other| {
        other.kind == custom.kind
            && other.group() == custom.group()
            && other.metadata.namespace == custom.metadata.namespace
            && self::series(&other.metadata.name) == Some(series)
            && created(other) > created(custom)
            && other.health(now).status == Status::Failed
    });
    later.max_by_key(|one| created(one))
}

/// A name without the time at its end: `postgres-daily` of `postgres-daily-20261121020000`.
fn series(name: &str) -> Option<&str> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - stem.len();
    (digits >= 8 && stem.len() > 1).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::series;

    #[test]
    fn only_a_time_makes_a_series() {
        assert_eq!(
            series("postgres-daily-20261121020000"),
            Some("postgres-daily-")
        );
        assert_eq!(series("postgres-1"), None);
        assert_eq!(series("20261121020000"), None);
        assert_eq!(series("dragonfly"), None);
    }
}
