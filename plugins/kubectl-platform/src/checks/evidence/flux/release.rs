//! What a HelmRelease that is not ready may fail for: what its controller says, and the objects of its
//! release that Helm watches.
//!
//! A check that uses this hints at the kinds below.

use shared::facts::kinds::apps::{DaemonSet, Deployment, StatefulSet};
use shared::facts::kinds::batch::Job;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::HelmRelease;
use shared::facts::kinds::service::Service;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::meta::{Meta, condition};
use shared::facts::{Fact, View};
use shared::health::{Health, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::flux;
use crate::checks::evidence::words::message;

/// What may keep a release from being ready: as its controller says, and as the reason tells.
pub(in crate::checks) fn suspects(
    view: &View<'_>,
    release: &HelmRelease,
    health: &Health,
    text: &str,
) -> Vec<ObjectRef> {
    let mut suspects = message::suspects(view, &release.reference(), text);
    suspects.extend(flux::without_room(view, text, "helm-controller"));
    match health.reason.as_str() {
        "DependencyNotReady" => return suspects,
        "SourceNotReady" | "ArtifactFailed" => {
            suspects.extend(flux::chart(release));
            suspects.push(flux::controller(view, "source-controller"));
        }
        "ValuesError" => {}
        // Helm waits for what it installed; a chart that it cannot render is no fault of that.
        _ if waited(text) || health.status == Status::InProgress => {
            suspects.extend(parts(view, release));
        }
        _ => {}
    }
    if health.status == Status::InProgress {
        suspects.push(flux::controller(view, "helm-controller"));
    }
    suspects
}

/// The workloads, claims, load balancers and custom resources of a release.
pub(in crate::checks) fn parts(view: &View<'_>, release: &HelmRelease) -> Vec<ObjectRef> {
    let mut found = Vec::new();
    found.extend(of::<Deployment>(view, release));
    found.extend(of::<StatefulSet>(view, release));
    found.extend(of::<DaemonSet>(view, release));
    found.extend(of::<Job>(view, release));
    found.extend(of::<PersistentVolumeClaim>(view, release));
    found.extend(of::<Service>(view, release));
    found.extend(of::<Custom>(view, release));
    found
}

fn of<F: Fact>(view: &View<'_>, release: &HelmRelease) -> impl Iterator<Item = ObjectRef> {
    let all = view.all::<F>().iter();
    all.filter(|fact| belongs(fact.meta(), release))
        .map(Fact::reference)
}

/// Flux labels what it renders, Helm annotates what it installs; hooks and the claims of a
/// StatefulSet bear only the chart's own label.
fn belongs(meta: &Meta, release: &HelmRelease) -> bool {
    let own = &release.metadata;
    let namespace = target_namespace(release);
    let by_flux = meta.label("helm.toolkit.fluxcd.io/name") == own.name
        && meta.label("helm.toolkit.fluxcd.io/namespace") == own.namespace;
    let name = release_name(release);
    let by_helm = meta.annotation("meta.helm.sh/release-name") == name
        && meta.annotation("meta.helm.sh/release-namespace") == namespace;
    let by_chart = meta.namespace == namespace && meta.label("app.kubernetes.io/instance") == name;
    by_flux || by_helm || by_chart
}

/// The namespace that a release is installed to.
pub(in crate::checks) fn target_namespace(release: &HelmRelease) -> &str {
    let target = &release.spec.target_namespace;
    if target.is_empty() {
        &release.metadata.namespace
    } else {
        target
    }
}

/// The name that Helm knows a release by.
/// See <https://fluxcd.io/flux/components/helm/helmreleases/#release-name>.
pub(in crate::checks) fn release_name(release: &HelmRelease) -> String {
    let spec = &release.spec;
    let last = release.status.history.first().map(|last| last.name.clone());
    last.unwrap_or_else(
        || match (spec.release_name.as_str(), spec.target_namespace.as_str()) {
            ("", "") => release.metadata.name.clone(),
            ("", target) => format!("{target}-{}", release.metadata.name),
            (name, _) => name.to_owned(),
        },
    )
}

/// Whether a release that failed left nothing behind: it was never installed, or taken out again.
pub(in crate::checks) fn is_absent(release: &HelmRelease) -> bool {
    let conditions = &release.status.conditions;
    let is_failed = condition(conditions, "Ready").is_some_and(|ready| ready.is_false());
    let remedied = condition(conditions, "Remediated").filter(|done| done.is_true());
    let is_gone = remedied.is_some_and(|done| done.reason.starts_with("Uninstall"));
    is_failed && (is_gone || release.status.history.is_empty())
}

/// Whether Helm's words say that it gave up waiting: for workloads and claims, for hooks, for tests.
pub(in crate::checks) fn waited(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "timed out",
        "deadline",
        "not ready",
        "BackoffLimitExceeded",
        "job failed",
        "TestFailed",
    ];
    WORDS.iter().any(|word| text.contains(word))
}
