//! Flux' objects that wait for each other: how they fare, what they complain of, what they wait for.

use shared::facts::View;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{HelmChart, NamedRef};
use shared::facts::meta::condition;
use shared::facts::time::Time;
use shared::health::{Assess, DEFAULT_DEADLINE, Health, Status};
use shared::object::ObjectRef;

use super::{chart, namespace_of, one_line, source};
use crate::checks::evidence::words::message;

/// Further than this no chain of dependencies is followed: it is a loop.
const LONGEST_CHAIN: u8 = 32;

/// What may depend on others of its kind.
pub(in crate::checks) trait Dependent: Assess {
    /// `spec.dependsOn`.
    fn depends_on(&self) -> &[NamedRef];

    /// `spec.suspend`.
    fn is_suspended(&self) -> bool;

    /// What went wrong, in the controller's words.
    fn complaint(&self, health: &Health) -> String {
        format!("{}: {}", health.reason, one_line(&health.message))
    }
}

impl Dependent for Kustomization {
    fn depends_on(&self) -> &[NamedRef] {
        &self.spec.depends_on
    }

    fn is_suspended(&self) -> bool {
        self.spec.suspend
    }
}

impl Dependent for HelmRelease {
    fn depends_on(&self) -> &[NamedRef] {
        &self.spec.depends_on
    }

    fn is_suspended(&self) -> bool {
        self.spec.suspend
    }

    /// Once Flux gave up or rolled back, `Ready` tells of that; what went wrong is said by `Released`.
    fn complaint(&self, health: &Health) -> String {
        let (reason, message) = (&health.reason, one_line(&health.message));
        let is_aftermath = ["RetriesExceeded", "Rollback", "Uninstall"]
            .iter()
            .any(|word| reason.starts_with(word));
        let failed = ["Released", "TestSuccess"]
            .iter()
            .filter_map(|name| condition(&self.status.conditions, name))
            .find(|condition| condition.is_false() && condition.message != health.message);
        match failed {
            Some(failed) if is_aftermath => {
                let cause = one_line(&failed.message);
                format!("{}: {cause}; {reason}: {message}", failed.reason)
            }
            _ => format!("{reason}: {message}"),
        }
    }
}

/// How an object fares. While it waits for others that still have time, or that became ready just
/// now, it has time too.
pub(in crate::checks) fn health<F: Dependent>(view: &View<'_>, object: &F) -> Health {
    let health = object.health(view.now());
    if waits_rightly(view, object, &health, LONGEST_CHAIN) {
        return health.since(Time::default());
    }
    health
}

fn waits_rightly<F: Dependent>(view: &View<'_>, object: &F, health: &Health, left: u8) -> bool {
    let waits = health.status == Status::InProgress && health.reason == "DependencyNotReady";
    if !waits || left == 0 {
        return false;
    }
    let dependencies = object
        .depends_on()
        .iter()
        .filter_map(|target| view.get::<F>(namespace_of(object, target), &target.name));
    let mut on_their_way = dependencies.map(|dependency| {
        let health = dependency.health(view.now());
        match health.status {
            Status::Current => health
                .since
                .age(view.now())
                .is_some_and(|age| age < DEFAULT_DEADLINE),
            Status::InProgress => {
                !health.is_overdue(view.now()) || waits_rightly(view, dependency, &health, left - 1)
            }
            _ => false,
        }
    });
    on_their_way.any(|is_on_its_way| is_on_its_way)
}

/// What an object that waits for its dependencies waits for: as its controller says, else all of them.
pub(in crate::checks) fn awaited<F: Dependent>(
    object: &F,
    named: Vec<ObjectRef>,
) -> Vec<ObjectRef> {
    if !named.is_empty() {
        return named;
    }
    let targets = object.depends_on().iter();
    targets
        .map(|target| F::KIND.object(namespace_of(object, target), &target.name))
        .collect()
}

/// Each Kustomization, HelmRelease and HelmChart that is not ready, with what it waits for.
pub(in crate::checks) fn waiting(view: &View<'_>) -> Vec<(ObjectRef, Vec<ObjectRef>)> {
    let mut all = unready::<Kustomization>(view, |one| {
        let namespace = namespace_of(one, &one.spec.source_ref);
        source(
            &one.spec.source_ref.kind,
            namespace,
            &one.spec.source_ref.name,
        )
    });
    all.extend(unready::<HelmRelease>(view, chart));
    all.extend(unready::<HelmChart>(view, |one| {
        let from = &one.spec.source_ref;
        source(&from.kind, &one.metadata.namespace, &from.name)
    }));
    all
}

fn unready<F: Assess>(
    view: &View<'_>,
    source: impl Fn(&F) -> Option<ObjectRef>,
) -> Vec<(ObjectRef, Vec<ObjectRef>)> {
    let mut all = Vec::new();
    for object in view.all::<F>() {
        let health = object.health(view.now());
        if !matches!(health.status, Status::Failed | Status::InProgress) {
            continue;
        }
        let mut causes = message::suspects(view, &object.reference(), &health.message);
        if ["ArtifactFailed", "SourceNotReady", "SourceUnavailable"].contains(&&*health.reason) {
            causes.extend(source(object));
        }
        all.push((object.reference(), causes));
    }
    all
}
