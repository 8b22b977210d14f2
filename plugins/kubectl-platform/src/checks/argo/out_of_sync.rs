//! argo/out-of-sync: An Application differs from Git.
//!
//! Where Argo CD syncs by itself and the difference stays, it cannot bring the cluster to what Git
//! says: something keeps changing the objects, self-healing is off, or the controller does not
//! work. Where it does not sync by itself, somebody has yet to sync.
//!
//! See what differs: `argocd app diff NAME`.

use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::argo::{self, drift};
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Service).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in argo::staying(view) {
        let status = &application.status;
        let last = status.operation_state.as_ref();
        let is_syncing = last.is_some_and(|last| last.phase == "Running");
        if status.sync.status != "OutOfSync" || is_syncing {
            continue;
        }
        let resources = status.resources.iter();
        let differing: Vec<_> = resources.filter(|one| one.status == "OutOfSync").collect();
        let names = differing
            .iter()
            .map(|one| format!("{}/{}", one.kind, one.name));
        let names = match names.collect::<Vec<_>>().as_slice() {
            [] => "it".to_owned(),
            names => names.join(", "),
        };
        let (level, why) = drift::verdict(view, application, &differing);
        let text = format!("OutOfSync: {names} differs from Git, and {why}");
        // Where it names nothing that differs, any of its objects may.
        let resources = status.resources.iter();
        let suspects = resources.filter(|one| differing.is_empty() || one.status == "OutOfSync");
        let meta = &application.metadata;
        found
            .about(level, application, text)
            .symptom()
            .suspect(argo::APPLICATION_CONTROLLER.suspects(view))
            .suspect(argo::REPO_SERVER.suspects(view))
            .suspect(suspects.map(argo::judged))
            .remedy(command!("argocd app diff {}/{}", meta.namespace, meta.name));
    }
}
