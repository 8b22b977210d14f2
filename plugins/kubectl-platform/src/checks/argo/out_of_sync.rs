//! argo/out-of-sync: An Application differs from Git.
//!
//! Where Argo CD syncs by itself and the difference stays, it cannot bring the cluster to what Git
//! says: something keeps changing the objects, self-healing is off, or the controller does not
//! work. Where it does not sync by itself, somebody has yet to sync.
//!
//! See what differs: `argocd app diff NAME`.

use jiff::SignedDuration;
use shared::facts::kinds::argo::{Application, ApplicationResource};
use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};
use shared::health::DEFAULT_DEADLINE;

use crate::checks::evidence::argo;
use crate::checks::evidence::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in view.all::<Application>() {
        let status = &application.status;
        let is_syncing = status
            .operation_state
            .as_ref()
            .is_some_and(|last| last.phase == "Running");
        if status.sync.status != "OutOfSync" || is_syncing {
            continue;
        }
        let differing: Vec<_> = status
            .resources
            .iter()
            .filter(|one| one.status == "OutOfSync")
            .collect();
        let names: Vec<_> = differing
            .iter()
            .map(|one| format!("{}/{}", one.kind, one.name))
            .collect();
        let names = match names.as_slice() {
            [] => "it".to_owned(),
            names => names.join(", "),
        };
        let is_to_prune = |one: &&ApplicationResource| one.requires_pruning;
        let (level, why) = if !argo::is_automated(application) {
            (Level::Warning, "it is synced by hand")
        } else if !differing.is_empty() && differing.iter().all(is_to_prune) {
            (Level::Warning, "pruning is off")
        } else if !heals(application) {
            (Level::Warning, "self-healing is off")
        } else if is_new(view, application) {
            (Level::Info, "the next sync is due")
        } else {
            (Level::Error, "automated sync did not mend that")
        };
        let text = format!("OutOfSync: {names} differs from Git, and {why}");
        let mut suspects = argo::APPLICATION_CONTROLLER.suspects(view);
        suspects.extend(argo::REPO_SERVER.suspects(view));
        // Where it names nothing that differs, any of its objects may.
        let named = status
            .resources
            .iter()
            .filter(|one| differing.is_empty() || one.status == "OutOfSync");
        suspects.extend(named.map(argo::judged));
        let meta = &application.metadata;
        found
            .about(level, application, text)
            .suspect(suspects)
            .remedy(command!("argocd app diff {}/{}", meta.namespace, meta.name));
    }
}

/// Whether the difference may be so new that Argo CD has yet to act on it: it has not tried this
/// revision, and has just compared.
fn is_new(view: &View<'_>, application: &Application) -> bool {
    let status = &application.status;
    let is_recent = |age: Option<SignedDuration>| age.is_some_and(|age| age < DEFAULT_DEADLINE);
    let last = status.operation_state.as_ref();
    match last.filter(|last| last.sync_result.revision == status.sync.revision) {
        Some(tried) => is_recent(tried.finished_at.age(view.now())),
        None => is_recent(status.reconciled_at.age(view.now())),
    }
}

/// Whether Argo CD takes back what others change. Without that it syncs a revision once.
fn heals(application: &Application) -> bool {
    let status = &application.status;
    let automated = application.spec.sync_policy.automated.as_ref();
    let synced = status
        .operation_state
        .as_ref()
        .filter(|last| last.phase == "Succeeded");
    let is_done = synced.is_some_and(|last| last.sync_result.revision == status.sync.revision);
    automated.is_some_and(|automated| automated.self_heal) || !is_done
}
