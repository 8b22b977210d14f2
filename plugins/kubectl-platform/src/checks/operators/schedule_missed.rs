//! operators/schedule-missed: What an operator was to do at a time was not done.
//!
//! The status of a schedule (CloudNativePG's ScheduledBackup, VolSync's ReplicationSource) says when it is due next, and
//! that time is over for more than an hour. Nothing has failed, for nothing was tried: there is no newer backup.
//!
//! Look at the operator's log, and restart it where it hangs.

use jiff::{SignedDuration, Timestamp};
use shared::facts::kinds::custom::Custom;
use shared::facts::meta::Condition;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::operator;
use crate::checks::evidence::words::{remedy, span};

pub(super) const NEEDS: &[Need] = &[live(Kind::Custom), declared(Kind::Deployment).hint()];

/// Where a status says when something is due next.
const DUE: &[&str] = &["nextScheduleTime", "nextSyncTime"];

/// An operator that was away catches up within this.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for custom in view.all::<Custom>() {
        let Some(due) = due(custom).filter(|_| !is_halted(custom)) else {
            continue;
        };
        let late = view.now().duration_since(due);
        if late > PATIENCE {
            let text = format!("was due on {due}, {} ago", span::words(late));
            found
                .warning(custom, text)
                .remedy(remedy::describe(&custom.reference()))
                .suspect(operator::operators(view, custom));
        }
    }
}

fn due(custom: &Custom) -> Option<Timestamp> {
    let mut times = DUE.iter().map(|path| custom.status.text(path));
    times.find(|text| !text.is_empty())?.parse().ok()
}

/// Whether it is told to rest, or is at it.
fn is_halted(custom: &Custom) -> bool {
    let mut off = ["suspend", "suspended", "paused", "disabled"].iter();
    let is_at_it = |one: &Condition| one.r#type == "Synchronizing" && one.status == "True";
    off.any(|key| custom.spec.is_true(key)) || custom.status.conditions().iter().any(is_at_it)
}
