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
use shared::health::{Assess, Status};

use crate::checks::evidence::remedy::command;
use crate::checks::evidence::siblings::Siblings;
use crate::checks::evidence::{flux, message, sources};

pub(super) const NEEDS: &[Need] = &[
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::HelmRepository),
    live(Kind::Bucket),
    live(Kind::Deployment).hint(),
    live(Kind::Service).hint(),
    live(Kind::Custom).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let siblings = sources::failed(view);
    each::<GitRepository>(view, found, &siblings, "git");
    each::<OciRepository>(view, found, &siblings, "oci");
    each::<HelmRepository>(view, found, &siblings, "helm");
    each::<Bucket>(view, found, &siblings, "bucket");
}

fn each<F: Assess + Deref<Target = Source>>(
    view: &View<'_>,
    found: &mut Findings,
    siblings: &Siblings,
    command: &str,
) {
    for source in view.all::<F>() {
        let health = source.health(view.now());
        let (own, name) = (&source.metadata.namespace, &source.metadata.name);
        let object = source.reference();
        let text = format!(
            "{}: {} (from {})",
            health.reason,
            flux::one_line(&health.message),
            source.spec.url.0
        );
        let mut suspects = message::suspects(view, &object, &health.message);
        let secrets = [&source.spec.secret_ref, &source.spec.cert_secret_ref];
        let keys = source
            .spec
            .verify
            .as_ref()
            .and_then(|verify| verify.secret_ref.as_ref());
        let secrets = secrets.into_iter().flatten().chain(keys);
        suspects.extend(secrets.map(|secret| Kind::Secret.object(own, &secret.name)));
        suspects.extend(siblings.of(&object));
        suspects.extend(flux::without_room(
            view,
            &health.message,
            "source-controller",
        ));
        if health.status == Status::InProgress {
            suspects.push(flux::controller(view, "source-controller"));
        }
        if let Some(finding) = found.unwell(source, &health, text) {
            finding.blames = message::absentees(&object, &health.message);
            finding
                .remedy(command!(
                    "flux reconcile source {} {} -n {}",
                    command,
                    name,
                    own
                ))
                .suspect(suspects);
        }
    }
}
