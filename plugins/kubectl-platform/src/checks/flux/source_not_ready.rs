//! flux/source-not-ready: A source could not be fetched.
//!
//! source-controller could not get what Git, a registry, a bucket or a repository of charts holds.
//! What was fetched before stays in use, but nothing newer reaches the cluster.
//!
//! Read the message: mostly it is a wrong URL or branch, credentials that are missing or no longer
//! accepted, or a network or DNS that is down. Flux tries again by itself.

use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmRepository, OciRepository, Source,
};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::{Assess, Status};

use crate::checks::evidence::{flux, message};

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
    each::<GitRepository>(view, found, "git");
    each::<OciRepository>(view, found, "oci");
    each::<HelmRepository>(view, found, "helm");
    each::<Bucket>(view, found, "bucket");
}

fn each<F: Assess + std::ops::Deref<Target = Source>>(
    view: &View<'_>,
    found: &mut Findings,
    command: &str,
) {
    for source in view.all::<F>() {
        let health = source.health(view.now());
        let text = format!(
            "{}: {} (from {})",
            health.reason,
            flux::one_line(&health.message),
            source.spec.url.0
        );
        let mut suspects = message::suspects(view, &source.reference(), &health.message);
        let (own, name) = (&source.metadata.namespace, &source.metadata.name);
        let secrets = [&source.spec.secret_ref, &source.spec.cert_secret_ref];
        suspects.extend(
            secrets
                .into_iter()
                .flatten()
                .map(|secret| Kind::Secret.object(own, &secret.name)),
        );
        if health.status == Status::InProgress {
            suspects.push(flux::controller(view, "source-controller"));
        }
        if let Some(finding) = found.unwell(source, &health, text) {
            finding
                .remedy(format!("flux reconcile source {command} {name} -n {own}"))
                .suspect(suspects);
        }
    }
}
