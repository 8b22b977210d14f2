//! argo/comparison-failed: Argo CD cannot tell what an Application is to be.
//!
//! It could not fetch the repository, render the manifests or read the cluster, or the
//! Application's specification is not valid. Nothing is synced; the health that is shown is of
//! what was applied before.
//!
//! Read the message: credentials or URL of the repository, a path or revision that does not exist, a
//! chart that cannot be rendered, a repo-server that does not answer.

use shared::facts::kinds::argo::Application;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::{argo, message};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Application),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for application in view.all::<Application>() {
        let status = &application.status;
        let mut errors = status.conditions.iter().filter(|c| c.r#type.ends_with("Error") && c.r#type != "SyncError");
        let text = match errors.next() {
            Some(error) => format!("{}: {}", error.r#type, error.message),
            None if status.sync.status == "Unknown" => "its sync status is Unknown".to_owned(),
            None => continue,
        };
        let mut suspects = message::suspects(view, &application.reference(), &text);
        suspects.extend(argo::REPO_SERVER.runs_in(view));
        suspects.extend(argo::project(application));
        found.error(application, text).suspect(suspects).remedy(argo::get(application));
    }
}
