//! Kinds without a struct of their own: rules for what our users run, general ones for the rest.

mod application_set;
mod ceph;
mod cloudnative_pg;
mod conditions;
mod counts;
mod flags;
mod foreign;
mod generic;
mod gloo;
mod going;
mod known;
mod lexicon;
mod longhorn;
mod parts;
mod sense;
mod silent;
mod states;
mod strimzi;
mod vertical_autoscaler;
mod volsync;
mod words;

use jiff::{SignedDuration, Timestamp};

pub use words::tells_failure;

use super::{Assess, Health};
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::condition;
use crate::facts::time::Time;

impl Assess for Custom {
    fn health(&self, now: Timestamp) -> Health {
        let health = known::health(self, now).unwrap_or_else(|| generic::health(self));
        let health = conditions::named(health, self);
        if moves_data(self) {
            health.within(TRANSFER)
        } else {
            health
        }
    }
}

/// How long copies of data may take: what Velero gives each item of a backup.
/// See <https://velero.io/docs/main/customize-installation/>.
const TRANSFER: SignedDuration = SignedDuration::from_hours(4);

/// Whether an object stands for a copy of data that has begun.
fn moves_data(custom: &Custom) -> bool {
    const KINDS: &[&str] = &[
        "Backup",
        "Restore",
        "DataUpload",
        "DataDownload",
        "PodVolumeBackup",
        "PodVolumeRestore",
        "ReplicationSource",
        "ReplicationDestination",
    ];
    let phase = custom.status.text("phase").to_ascii_lowercase();
    let has_begun = ["inprogress", "running", "started", "finalizing"].contains(&phase.as_str());
    let syncs = condition(custom.status.conditions(), "Synchronizing");
    KINDS.contains(&custom.kind.as_str()) && (has_begun || syncs.is_some_and(|c| c.is_true()))
}

/// Since when an object is as it is, where it does not say so itself: since a condition changed
/// last, or since a new object was made. Nobody knows when an old one was told to change.
fn began(custom: &Custom) -> Time {
    let conditions = custom.status.conditions().iter();
    let changed = conditions.map(|c| c.last_transition_time).max();
    let made = || {
        let is_new = custom.metadata.generation <= 1;
        is_new.then_some(custom.metadata.creation_timestamp)
    };
    changed
        .filter(|time| time.0.is_some())
        .or_else(made)
        .unwrap_or_default()
}
