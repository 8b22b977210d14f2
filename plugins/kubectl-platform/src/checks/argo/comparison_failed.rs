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

use crate::checks::evidence::argo::{self, credentials};
use crate::checks::evidence::needs::needs;
use crate::checks::evidence::services::host::{self, hosts_and};
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = hosts_and!(needs![
    live(Kind::Application),
    live(Kind::Custom).hint(),
    live(Kind::Deployment).hint(),
    live(Kind::StatefulSet).hint(),
    live(Kind::Secret).hint(),
]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut siblings = Siblings::default();
    for application in argo::staying(view) {
        if let Some(text) = complaint(application) {
            let place = argo::repositories(application);
            siblings.add(application.reference(), &place, &text);
        }
    }
    for application in argo::staying(view) {
        let Some(text) = complaint(application) else {
            continue;
        };
        let object = application.reference();
        let servers = [argo::REPO_SERVER, argo::REDIS];
        let services = servers.iter().flat_map(|server| server.services(view));
        let repositories = argo::repositories(application);
        let served_by = host::behind(view, host::asked(&repositories), &text);
        found
            .error(application, &text)
            .suspect(served_by)
            .suspect(message::suspects(view, &object, &text))
            .suspect(argo::REPO_SERVER.suspects(view))
            .suspect(argo::REDIS.runs_in(view))
            .suspect(services)
            .suspect(argo::project(application))
            .suspect(credentials::of(view, application).map(Fact::reference))
            .suspect(siblings.of(&object))
            .remedy(argo::get(application));
    }
}

fn complaint(application: &Application) -> Option<String> {
    let status = &application.status;
    let mut errors = status.conditions.iter();
    let error = errors.find(|c| c.r#type.ends_with("Error") && c.r#type != "SyncError");
    match error {
        Some(error) => Some(format!("{}: {}", error.r#type, error.message)),
        None if status.sync.status == "Unknown" => Some("its sync status is Unknown".to_owned()),
        None => None,
    }
}
