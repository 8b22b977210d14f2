//! Runs of something that is done again and again: a failed one matters until a later one succeeds.

use jiff::{SignedDuration, Timestamp};
use shared::facts::View;
use shared::facts::kinds::custom::Custom;
use shared::health::{Assess, Status};

/// Runs that somebody starts by hand, once; nothing comes after them.
const ONCE: [&str; 3] = ["DataDownload", "PodVolumeRestore", "Restore"];

/// After this time one of those is history.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Fields of a specification that tell what is backed up, each with what tells its namespace.
const BACKED_UP: [&str; 5] = [
    "br.cluster",
    "br.clusterNamespace",
    "cluster.name",
    "mariaDbRef.name",
    "mariaDbRef.namespace",
];

/// Whether a later object of the same kind and series did well: a backup of the day after, whose name
/// differs in its time alone. A backup that somebody made by hand is as good as any later one of the same,
/// where it tells of what. What was done only once is past after a day.
pub(in crate::checks) fn by_later(view: &View<'_>, custom: &Custom, now: Timestamp) -> bool {
    let age = custom.metadata.creation_timestamp.age(now);
    if ONCE.contains(&&*custom.kind) && age.is_some_and(|age| age > REMEMBERED) {
        return true;
    }
    let series = series(&custom.metadata.name);
    if series.is_none() && (custom.kind != "Backup" || of_what(custom).is_none()) {
        return false;
    }
    view.all::<Custom>().iter().any(|other| {
        is_later(other, custom)
            && (series.is_none() || self::series(&other.metadata.name) == series)
            && other.health(now).status == Status::Current
    })
}

/// Whether the same was done to the same once more.
fn is_later(other: &Custom, custom: &Custom) -> bool {
    other.kind == custom.kind
        && other.group() == custom.group()
        && other.metadata.namespace == custom.metadata.namespace
        && other.metadata.creation_timestamp > custom.metadata.creation_timestamp
        && of_what(other) == of_what(custom)
}

/// What it is a backup of: its fields' values, else whoever made it; nothing where neither tells.
fn of_what(custom: &Custom) -> Option<Vec<&str>> {
    let fields = BACKED_UP.iter().map(|key| custom.spec.text(key));
    let fields: Vec<_> = fields.chain([custom.status.text("volumeName")]).collect();
    let maker = || Some(vec![custom.metadata.controller()?.name.as_str()]);
    let is_told = fields.iter().any(|value| !value.is_empty());
    if is_told { Some(fields) } else { maker() }
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
        is_later(other, custom)
            && self::series(&other.metadata.name) == Some(series)
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
