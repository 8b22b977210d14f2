//! Whether a controller of Flux comes back to an object as often as it is to: what has been waiting
//! for it, and for how long.

use std::ops::Deref;

use jiff::{SignedDuration, Timestamp};
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, OciRepository, Source, SourceStatus,
};
use shared::facts::meta::{Condition, Meta, condition};
use shared::facts::time::Time;
use shared::facts::{Fact, View};
use shared::health::{Assess, Health, Status};

use crate::checks::evidence::flux;

/// What has been waiting, and for how long.
type Waits = Option<(SignedDuration, String)>;

/// An object that a controller of Flux reconciles at an interval.
pub(in crate::checks) trait Reconciled: Fact {
    /// `spec.interval`, as it is written.
    fn interval(&self) -> &str;

    /// What has been waiting longest for the controller.
    fn waits(&self, view: &View<'_>) -> Waits;
}

impl Reconciled for Kustomization {
    fn interval(&self) -> &str {
        &self.spec.interval
    }

    fn waits(&self, view: &View<'_>) -> Waits {
        let (spec, status) = (&self.spec, &self.status);
        let health = self.health(view.now());
        let asked = Asked {
            view,
            meta: &self.metadata,
            health: &health,
            observed: status.observed_generation,
            conditions: &status.conditions,
            handled: &status.last_handled_reconcile_at,
        };
        let namespace = flux::namespace_of(self, &spec.source_ref);
        let name = &spec.source_ref.name;
        let source = match spec.source_ref.kind.as_str() {
            "GitRepository" => view
                .get::<GitRepository>(namespace, name)
                .map(|one| &one.status),
            "OCIRepository" => view
                .get::<OciRepository>(namespace, name)
                .map(|one| &one.status),
            "Bucket" => view.get::<Bucket>(namespace, name).map(|one| &one.status),
            _ => None,
        };
        let outcomes = status.history.iter().map(|outcome| outcome.last_reconciled);
        let last = outcomes.max().and_then(|last| last.age(view.now()));
        let last = last.map(|age| (age, "has not been reconciled".to_owned()));
        [
            asked.longest(),
            asked.revision(source, &status.last_attempted_revision),
            last.filter(|_| health.status == Status::Current),
        ]
        .into_iter()
        .flatten()
        .max()
    }
}

impl Reconciled for HelmRelease {
    fn interval(&self) -> &str {
        &self.spec.interval
    }

    fn waits(&self, view: &View<'_>) -> Waits {
        let status = &self.status;
        let health = self.health(view.now());
        let asked = Asked {
            view,
            meta: &self.metadata,
            health: &health,
            observed: status.observed_generation,
            conditions: &status.conditions,
            handled: &status.last_handled_reconcile_at,
        };
        let chart = status.helm_chart.split_once('/');
        let chart = chart.and_then(|(namespace, name)| view.get::<HelmChart>(namespace, name));
        let chart = chart.map(|chart| &chart.status);
        let newer = asked.revision(chart, &status.last_attempted_revision);
        asked.longest().max(newer)
    }
}

impl Reconciled for HelmChart {
    fn interval(&self) -> &str {
        &self.spec.interval
    }

    fn waits(&self, view: &View<'_>) -> Waits {
        of_source(view, &self.metadata, &self.health(view.now()), &self.status)
    }
}

macro_rules! sources {
    ($($kind:ty),*) => {$(
        impl Reconciled for $kind {
            fn interval(&self) -> &str {
                &self.spec.interval
            }

            fn waits(&self, view: &View<'_>) -> Waits {
                let source: &Source = self.deref();
                of_source(view, &source.metadata, &self.health(view.now()), &source.status)
            }
        }
    )*};
}
sources!(GitRepository, OciRepository, Bucket);

fn of_source(view: &View<'_>, meta: &Meta, health: &Health, status: &SourceStatus) -> Waits {
    let asked = Asked {
        view,
        meta,
        health,
        observed: status.observed_generation,
        conditions: &status.conditions,
        handled: &status.last_handled_reconcile_at,
    };
    asked.longest()
}

/// What a controller was asked to do, and how far it says that it came.
struct Asked<'a> {
    view: &'a View<'a>,
    meta: &'a Meta,
    health: &'a Health,
    observed: i64,
    conditions: &'a [Condition],
    handled: &'a str,
}

impl Asked<'_> {
    fn longest(&self) -> Waits {
        self.request().max(self.generation())
    }

    /// `flux reconcile` writes the time into an annotation, and the controller copies it to the status.
    fn request(&self) -> Waits {
        let asked = self.meta.annotation("reconcile.fluxcd.io/requestedAt");
        let rests = matches!(self.health.status, Status::Suspended | Status::Terminating);
        if rests || asked == self.handled {
            return None;
        }
        let since: Timestamp = asked.parse().ok()?;
        let age = self.view.now().duration_since(since);
        Some((age, "a request to reconcile it has been waiting".to_owned()))
    }

    /// A specification that no condition speaks of yet. It is at least as old as the last change of
    /// the Kustomization that applies it.
    fn generation(&self) -> Waits {
        let now = self.meta.generation;
        let is_seen = self.conditions.iter().any(|c| c.observed_generation >= now);
        let waits = self.health.reason == "LatestGenerationNotObserved" && self.observed > 0;
        if is_seen || !waits {
            return None;
        }
        let mark = |field| {
            self.meta
                .label(&format!("kustomize.toolkit.fluxcd.io/{field}"))
        };
        let parent = self
            .view
            .get::<Kustomization>(mark("namespace"), mark("name"))?;
        let ready = condition(&parent.status.conditions, "Ready").filter(|c| c.is_true())?;
        let age = ready.last_transition_time.age(self.view.now())?;
        Some((age, format!("generation {now} has been waiting")))
    }

    /// A revision that its source has, and that it has not been tried with.
    fn revision(&self, source: Option<&SourceStatus>, attempted: &str) -> Waits {
        let artifact = source?.artifact.as_ref()?;
        let is_well = self.health.status == Status::Current;
        if !is_well || attempted.is_empty() || artifact.revision == attempted {
            return None;
        }
        let Time(since) = artifact.last_update_time;
        let age = self.view.now().duration_since(since?);
        Some((
            age,
            format!(
                "revision {} of its source has been waiting",
                artifact.revision
            ),
        ))
    }
}
