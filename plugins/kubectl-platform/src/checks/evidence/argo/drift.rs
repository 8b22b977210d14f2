//! Applications of Argo CD that differ from Git: how bad that is, and what does not mend it.

use jiff::SignedDuration;
use shared::facts::View;
use shared::facts::kinds::argo::{Application, ApplicationResource};
use shared::finding::Level;
use shared::health::DEFAULT_DEADLINE;

use crate::checks::evidence::argo;

/// How bad it is that these objects of an Application differ, and why they still do.
pub(in crate::checks) fn verdict(
    view: &View<'_>,
    application: &Application,
    differing: &[&ApplicationResource],
) -> (Level, &'static str) {
    let are_to_prune = !differing.is_empty() && differing.iter().all(|one| one.requires_pruning);
    if !argo::is_automated(application) {
        (Level::Warning, "it is synced by hand")
    } else if are_to_prune {
        (Level::Warning, "pruning is off")
    } else if !heals(application) {
        (Level::Warning, "self-healing is off")
    } else if is_new(view, application) {
        (Level::Info, "the next sync is due")
    } else {
        (Level::Error, "automated sync did not mend that")
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
    let last = status.operation_state.as_ref();
    let synced = last.filter(|last| last.phase == "Succeeded");
    let is_done = synced.is_some_and(|last| last.sync_result.revision == status.sync.revision);
    automated.is_some_and(|automated| automated.self_heal) || !is_done
}
