//! argo/sync-failed: The last sync of an Application failed.
//!
//! An object could not be applied, a hook failed, or Argo CD gave up after its retries. What Git
//! describes is in the cluster in part at most.
//!
//! Read the message, mend the cause in Git or in the cluster, and sync again: `argocd app sync NAME`.

use shared::facts::kinds::argo::SyncedResource;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::argo;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in argo::staying(view) {
        let status = &application.status;
        let Some(last) = status.operation_state.as_ref() else {
            continue;
        };
        if !["Failed", "Error"].contains(&last.phase.as_str()) {
            continue;
        }
        let failed = |result: &&SyncedResource| {
            result.status == "SyncFailed"
                || ["Failed", "Error"].contains(&result.hook_phase.as_str())
        };
        let results: Vec<_> = last.sync_result.resources.iter().filter(failed).collect();
        let mut text = format!(
            "sync {}: {}",
            last.phase,
            last.message.trim_end_matches('.')
        );
        let mut suspects = message::suspects(view, &application.reference(), &text);
        for result in &results {
            text += &format!("; {}/{}: {}", result.kind, result.name, result.message);
            let object = argo::synced(result);
            suspects.extend(message::suspects(view, &object, &result.message));
            let unserved = message::unserved(&result.message);
            // What is of no known kind nobody could make.
            suspects.extend(unserved.is_empty().then_some(object));
            suspects.extend(unserved.into_iter().map(|(definition, _)| definition));
        }
        // Somebody put it right since, or only a hook behind it failed.
        let is_well = status.sync.status == "Synced" && status.health.status == "Healthy";
        let level = Level::error_if(!is_well);
        let finding = found.about(level, application, text);
        finding.suspect(suspects).remedy(argo::get(application));
    }
}
