//! argo/application-unhealthy: An Application does not work, or is not there in part.
//!
//! Argo CD judges the health of each object that the Application consists of: something is
//! Degraded, Missing, or has been Progressing for too long.
//!
//! Look at the objects that are named.

use jiff::SignedDuration;
use shared::facts::kinds::argo::{Application, ApplicationResource};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Health, Status};

use crate::checks::evidence::argo;

pub(super) const NEEDS: &[Need] = &[live(Kind::Application)];

/// How long Kubernetes lets a Deployment roll out that does not say; after that it is Degraded.
const ROLLOUT: SignedDuration = SignedDuration::from_mins(10);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in view.all::<Application>() {
        let own = &application.status.health;
        let is_by_hand =
            !argo::is_automated(application) && application.status.operation_state.is_none();
        let status = match own.status.as_str() {
            _ if application.metadata.deletion_timestamp.0.is_some() => continue,
            "Degraded" => Status::Failed,
            // Nobody has synced it yet, and nobody but a person will.
            "Missing" if is_by_hand => continue,
            "Missing" | "Progressing" => Status::InProgress,
            _ => continue,
        };
        let resources = &application.status.resources;
        let unwell: Vec<_> = resources.iter().filter(|one| !is_well(one)).collect();
        let told: Vec<_> = unwell.iter().map(|one| told(one)).collect();
        let mut text = own.status.clone();
        for part in [own.message.clone(), told.join("; ")] {
            if !part.is_empty() {
                text = format!("{text}: {part}");
            }
        }
        // Before version 2.14 Argo CD does not say since when.
        let synced = application
            .status
            .operation_state
            .as_ref()
            .map(|last| last.finished_at);
        let since = [Some(own.last_transition_time), synced];
        let since = since.into_iter().flatten().find(|time| time.0.is_some());
        let health = Health::new(status, &own.status, &own.message)
            .since(since.unwrap_or(application.metadata.creation_timestamp));
        let health = if own.status == "Progressing" {
            health.within(ROLLOUT)
        } else {
            health
        };
        // What Argo CD does not judge itself, such as operators' resources, may be the cause too; and where
        // it names nothing that is unwell, whatever is.
        let is_named =
            |one: &&ApplicationResource| !is_well(one) || one.health.is_none() || unwell.is_empty();
        let suspects = resources.iter().filter(is_named).map(argo::judged);
        if let Some(finding) = found.unwell(application, &health, text) {
            finding.suspect(suspects).remedy(argo::get(application));
        }
    }
}

fn is_well(resource: &ApplicationResource) -> bool {
    let health = resource
        .health
        .as_ref()
        .map(|health| health.status.as_str());
    matches!(health, None | Some("" | "Healthy" | "Suspended"))
}

fn told(resource: &ApplicationResource) -> String {
    let health = resource.health.as_ref();
    let (status, message) = health.map_or(("", ""), |health| (&health.status, &health.message));
    let named = format!("{}/{} is {status}", resource.kind, resource.name);
    match message {
        "" => named,
        message => format!("{named} ({message})"),
    }
}
