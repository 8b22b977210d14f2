//! argo/object-missing: What an Application was synced with is not there any more.
//!
//! Argo CD has made the object, and it is Missing since: somebody or something deleted it. Argo CD
//! makes it again where it syncs by itself and heals.
//!
//! Sync the Application, and find out who deleted the object.

use shared::facts::{Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::argo;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[live(Kind::Application)];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in argo::staying(view) {
        let meta = &application.metadata;
        let last = application.status.operation_state.as_ref();
        let was_synced = last.is_some_and(|last| last.phase == "Succeeded");
        if !was_synced {
            continue;
        }
        let missing = application.status.resources.iter().filter(|one| {
            let health = one.health.as_ref();
            health.is_some_and(|health| health.status == "Missing") && !one.requires_pruning
        });
        for one in missing {
            let told = format!(
                "{} {} does not exist any more: Application {} has made it",
                one.kind, one.name, meta.name
            );
            found
                .missing(Level::Error, argo::judged(one), told)
                .remedy(command!("argocd app sync {}/{}", meta.namespace, meta.name));
        }
    }
}
