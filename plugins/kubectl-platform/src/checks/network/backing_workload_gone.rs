//! network/backing-workload-gone: The workload behind a Service is not there any more.
//!
//! Something needs the Service, its selector asks for pods of its own name, and nothing of that name makes
//! pods. So the workload was deleted, or never installed: whether it was a Deployment is a guess.
//!
//! Let what installed it install it again: `flux reconcile helmrelease NAME --force`, `argocd app sync NAME`,
//! `helm upgrade`.

use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::services::unselected::{self, unselected_and};
use crate::checks::evidence::services::users;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = unselected_and![live(Kind::Application).hint()];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for unselected in unselected::all(view) {
        let Some(gone) = unselected.gone else {
            continue;
        };
        let meta = &unselected.service.metadata;
        let by = match users::listed(&unselected.users) {
            nobody if nobody.is_empty() => String::new(),
            users => format!(", which {users} needs"),
        };
        let told = format!(
            "{} {} does not exist: nothing is behind Service {}{by}",
            gone.kind, gone.name, meta.name
        );
        found
            .missing(unselected.level, gone, told)
            .made_by(applier::appliers(view, meta))
            .remedy(command!(
                "kubectl -n {} get deployments,statefulsets,daemonsets",
                meta.namespace
            ));
    }
}
