//! flux/stale: Something has not been reconciled for three intervals.
//!
//! It may look ready, but its controller has not come back to it: a newer revision of its source, a
//! newer specification or a request to reconcile has been waiting for three times its interval. The
//! controller hangs, is overloaded, or watches other namespaces or labels only.
//!
//! Look at the controller's log, and restart it where it hangs.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{Bucket, GitRepository, HelmChart, OciRepository};
use shared::facts::time::go_duration;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, DEFAULT_DEADLINE};

use crate::checks::evidence::flux;
use crate::checks::evidence::flux::reconciled::Reconciled;
use crate::checks::evidence::words::remedy;
use crate::checks::evidence::words::span;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Kustomization),
    live(Kind::HelmRelease),
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::Bucket),
    live(Kind::HelmChart),
    live(Kind::Deployment).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each::<Kustomization>(view, found, "kustomize-controller");
    each::<HelmRelease>(view, found, "helm-controller");
    each::<GitRepository>(view, found, "source-controller");
    each::<OciRepository>(view, found, "source-controller");
    each::<Bucket>(view, found, "source-controller");
    each::<HelmChart>(view, found, "source-controller");
}

fn each<F: Reconciled + Assess>(view: &View<'_>, found: &mut Findings, controller: &str) {
    for object in view.all::<F>() {
        let interval = go_duration(object.interval()).unwrap_or(DEFAULT_DEADLINE);
        let patience = interval * 3 + DEFAULT_DEADLINE;
        let Some((age, what)) = object.waits(view).filter(|(age, _)| *age > patience) else {
            continue;
        };
        let text = format!(
            "{what} for {}, and it is reconciled every {}",
            span::words(age),
            object.interval()
        );
        let controller = flux::controller(view, controller);
        found
            .error(object, text)
            .remedy(remedy::logs(&controller) + " --since=1h")
            .suspect([controller]);
    }
}
