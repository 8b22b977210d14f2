//! argo/sync-hangs: A sync of an Application does not end.
//!
//! Argo CD waits for a hook to complete, or for what it applied in one wave to become healthy before
//! it goes on with the next. Meanwhile nothing newer is synced.
//!
//! Look at what the message names; `argocd app terminate-op NAME` ends the sync.

use shared::facts::kinds::argo::{ApplicationResource, SyncedResource};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Health, Status};

use crate::checks::evidence::argo;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in argo::staying(view) {
        let status = &application.status;
        let running = status.operation_state.as_ref();
        let Some(sync) = running.filter(|last| last.phase == "Running") else {
            continue;
        };
        let waits = |hook: &&SyncedResource| hook.hook_phase == "Running";
        let hooks = sync.sync_result.resources.iter().filter(waits);
        let is_unwell = |one: &&ApplicationResource| {
            let health = one.health.as_ref().map(|health| health.status.as_str());
            matches!(health, Some("Progressing" | "Degraded" | "Missing"))
        };
        let unwell = status.resources.iter().filter(is_unwell);
        let mut suspects: Vec<_> = hooks.map(argo::synced).collect();
        suspects.extend(unwell.map(argo::judged));
        suspects.extend(argo::APPLICATION_CONTROLLER.runs_in(view));
        let health = Health::new(Status::InProgress, "Running", "").since(sync.started_at);
        let text = format!("a sync is running: {}", sync.message);
        if let Some(finding) = found.unwell(application, &health, text) {
            finding.suspect(suspects).remedy(argo::get(application));
        }
    }
}
