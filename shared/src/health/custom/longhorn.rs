//! Longhorn: volumes by their robustness, nodes by their disks, and a backup target that nobody has set.
//! See <https://longhorn.io/docs/latest/references/>.

use super::{began, parts};
use crate::facts::kinds::custom::Custom;
use crate::facts::meta::{Condition, condition};
use crate::health::{Health, Status};

/// Nothing for kinds whose states say it all.
pub(super) fn health(custom: &Custom) -> Option<Health> {
    match custom.kind.as_str() {
        "Volume" => volume(custom),
        "Node" => node(custom),
        "BackupTarget" => backup_target(custom),
        // Processes of a volume that no pod uses are stopped with it.
        "Engine" | "Replica" if custom.status.text("currentState") == "stopped" => {
            Some(Health::current())
        }
        _ => None,
    }
}

fn volume(custom: &Custom) -> Option<Health> {
    let status = &custom.status;
    let robustness = status.text("robustness");
    match (status.text("state"), robustness) {
        (_, "degraded" | "faulted") => {
            let message = format!("its replicas are {robustness}");
            Some(Health::new(Status::Failed, robustness, message).since(began(custom)))
        }
        ("attached", "healthy") | ("detached", _) => Some(Health::current()),
        _ => None,
    }
}

/// A node says that it is ready whatever its disks say, each of which has conditions of its own.
fn node(custom: &Custom) -> Option<Health> {
    let ready = condition(custom.status.conditions(), "Ready");
    let of_disks = parts::health(custom).filter(|_| ready.is_none_or(Condition::is_true));
    of_disks.filter(|health| health.status != Status::Current)
}

/// Longhorn always makes a default target; without a URL it is of no use, and no fault.
fn backup_target(custom: &Custom) -> Option<Health> {
    let unavailable = condition(custom.status.conditions(), "Unavailable")?;
    let is_unset = unavailable.is_true() && unavailable.message.contains("URL is empty");
    is_unset.then(Health::current)
}
