//! flux/source-not-ready: A source could not be fetched.
//!
//! source-controller could not get what Git, a registry, a bucket or a repository of charts holds.
//! What was fetched before stays in use, but nothing newer reaches the cluster.
//!
//! Read the message: mostly it is a wrong URL or branch, credentials that are missing or no longer
//! accepted, or a network or DNS that is down. Flux tries again by itself.

use std::ops::Deref;

use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmRepository, OciRepository, Source,
};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::flux::flux_secrets::of_source;
use crate::checks::evidence::flux::{self, sources};
use crate::checks::evidence::needs::needs;
use crate::checks::evidence::services::host::hosts_and;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::words::message;

pub(super) const NEEDS: &[Need] = hosts_and!(needs![
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::HelmRepository),
    live(Kind::Bucket),
    live(Kind::Deployment).hint(),
    live(Kind::Custom).hint(),
]);

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let siblings = sources::failed(view);
    each::<GitRepository>(view, found, &siblings, "source git");
    each::<OciRepository>(view, found, &siblings, "source oci");
    each::<HelmRepository>(view, found, &siblings, "source helm");
    each::<Bucket>(view, found, &siblings, "source bucket");
}

fn each<F: Assess + Deref<Target = Source>>(
    view: &View<'_>,
    found: &mut Findings,
    siblings: &Siblings,
    what: &str,
) {
    for source in view.all::<F>() {
        let health = source.health(view.now());
        let own = &source.metadata.namespace;
        let text = sources::complaint(source, &health);
        let Some(finding) = found.unwell(source, &health, text) else {
            continue;
        };
        let object = source.reference();
        finding.blames = message::absentees(&object, &health.message);
        finding
            .remedy(flux::try_again(what, source, &health))
            .suspect(message::suspects(view, &object, &health.message))
            .suspect(sources::served_by(view, source, &health.message))
            .suspect(of_source(source).map(|(name, _)| Kind::Secret.object(own, name)))
            .suspect(siblings.of(&object))
            .suspect(flux::at_fault(view, &health, "source-controller"));
    }
}
