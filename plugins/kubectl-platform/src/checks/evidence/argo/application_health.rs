//! How an Application of Argo CD fares, and which of its objects are unwell.

use jiff::SignedDuration;
use shared::facts::kinds::argo::{Application, ApplicationResource};
use shared::health::{Health, Status};

use crate::checks::evidence::argo;

/// How long Kubernetes lets a Deployment roll out that does not say; after that it is Degraded.
const ROLLOUT: SignedDuration = SignedDuration::from_mins(10);

/// What Argo CD says of an Application that is unwell, with the time that it has.
pub(in crate::checks) fn unwell(application: &Application) -> Option<Health> {
    let own = &application.status.health;
    let last = application.status.operation_state.as_ref();
    let is_by_hand = !argo::is_automated(application) && last.is_none();
    let status = match own.status.as_str() {
        _ if application.metadata.deletion_timestamp.0.is_some() => return None,
        "Degraded" => Status::Failed,
        // Nobody has synced it yet, and nobody but a person will.
        "Missing" if is_by_hand => return None,
        "Missing" | "Progressing" => Status::InProgress,
        _ => return None,
    };
    // Before version 2.14 Argo CD does not say since when.
    let since = [
        Some(own.last_transition_time),
        last.map(|last| last.finished_at),
    ];
    let since = since.into_iter().flatten().find(|time| time.0.is_some());
    let health = Health::new(status, &own.status, &own.message)
        .since(since.unwrap_or(application.metadata.creation_timestamp));
    Some(if own.status == "Progressing" {
        health.within(ROLLOUT)
    } else {
        health
    })
}

/// Whether Argo CD finds nothing wrong with an object.
pub(in crate::checks) fn is_well(resource: &ApplicationResource) -> bool {
    let health = resource.health.as_ref();
    let status = health.map(|health| health.status.as_str());
    matches!(status, None | Some("" | "Healthy" | "Suspended"))
}

/// An object's health in words: `Deployment/site is Degraded (...)`.
pub(in crate::checks) fn told(resource: &ApplicationResource) -> String {
    let health = resource.health.as_ref();
    let (status, message) = health.map_or(("", ""), |health| (&health.status, &health.message));
    let named = format!("{}/{} is {status}", resource.kind, resource.name);
    match message {
        "" => named,
        message => format!("{named} ({message})"),
    }
}
