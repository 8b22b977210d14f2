//! flux/source-not-ready: A source could not be fetched.
//!
//! source-controller could not get what Git, a registry or a repository of charts holds. What was
//! fetched before stays in use, but nothing newer reaches the cluster.
//!
//! Read the message: mostly it is a wrong URL, missing credentials or a network that is down.
//! Then reconcile: `flux reconcile source git NAME`.

use shared::facts::kinds::flux_source::{Bucket, GitRepository, HelmRepository, OciRepository, Source};
use shared::facts::meta::condition;
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::Findings;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::GitRepository),
    live(Kind::OciRepository),
    live(Kind::HelmRepository),
    live(Kind::Bucket),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each(view.all::<GitRepository>(), found);
    each(view.all::<OciRepository>(), found);
    each(view.all::<HelmRepository>(), found);
    each(view.all::<Bucket>(), found);
}

fn each<F: Fact + std::ops::Deref<Target = Source>>(sources: &[F], found: &mut Findings) {
    for source in sources {
        let ready = condition(&source.status.conditions, "Ready");
        if let Some(ready) = ready.filter(|ready| ready.is_false() && !source.spec.suspend) {
            found.error(source, format!("{}: {}", ready.reason, ready.message));
        }
    }
}
