//! Flux: what fetches and applies. Its image and notification kinds come in by `custom`.
//! See <https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomization-status>.

use jiff::{SignedDuration, Timestamp};

use super::conditions::{because, by, first, no_status};
use super::{Assess, DEFAULT_DEADLINE, Health, Status};
use crate::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use crate::facts::kinds::flux_source::{
    Bucket, GitRepository, HelmChart, HelmRepository, OciRepository, Source,
};
use crate::facts::meta::{Condition, Meta, condition};
use crate::facts::time::go_duration;

/// What is on its way again although it just failed.
const RETRYING: &str = "ProgressingWithRetry";

/// Reasons of a `Ready` that is `False` because another object is not ready yet, or because what came
/// newly is looked at first.
const WAITING: &[&str] = &["DependencyNotReady", "HealthCheckCanceled"];

/// What Flux writes on its objects.
pub(super) struct Reconciled<'a> {
    pub(super) meta: &'a Meta,
    pub(super) suspend: bool,
    pub(super) timeout: &'a str,
    pub(super) observed: i64,
    pub(super) conditions: &'a [Condition],
}

impl Reconciled<'_> {
    pub(super) fn health(&self) -> Health {
        if self.meta.deletion_timestamp.0.is_none() && self.suspend {
            return Health::new(Status::Suspended, "Suspended", "");
        }
        if let Some(health) = first(self.meta, self.observed_at_last()) {
            return health.within(self.deadline());
        }
        self.judged().within(self.deadline())
    }

    /// The controllers raise `status.observedGeneration` only once a reconciliation ends well or
    /// has stalled; until then their conditions tell which generation they speak of.
    fn observed_at_last(&self) -> i64 {
        let present = self.meta.generation;
        let ready = condition(self.conditions, "Ready");
        match ready.is_some_and(|ready| ready.observed_generation == present) {
            true => present,
            false => self.observed,
        }
    }

    fn deadline(&self) -> SignedDuration {
        go_duration(self.timeout).unwrap_or(DEFAULT_DEADLINE)
    }

    fn judged(&self) -> Health {
        let is_true = |name| condition(self.conditions, name).filter(|c| c.is_true());
        if let Some(stalled) = is_true("Stalled") {
            return because(Status::Failed, stalled).for_good();
        }
        let ready = by(self.conditions, "Ready");
        let reconciling = is_true("Reconciling");
        match (ready, reconciling) {
            (Some(ready), _) if WAITING.contains(&ready.reason.as_str()) => Health {
                status: Status::InProgress,
                ..ready
            },
            // A failure stays one while Flux tries again; a failure of the generation before does not.
            (Some(ready), Some(going)) if ready.status == Status::Failed => {
                let is_old = going.reason != RETRYING && self.is_outdated("Ready");
                if is_old {
                    because(Status::InProgress, going)
                } else {
                    ready
                }
            }
            (_, Some(going)) => because(Status::InProgress, going),
            (Some(ready), None) => ready,
            (None, None) => no_status(self.meta),
        }
    }

    fn is_outdated(&self, name: &str) -> bool {
        condition(self.conditions, name).is_some_and(|c| {
            c.observed_generation != 0 && c.observed_generation < self.meta.generation
        })
    }
}

impl Assess for Kustomization {
    fn health(&self, _: Timestamp) -> Health {
        Reconciled {
            meta: &self.metadata,
            suspend: self.spec.suspend,
            timeout: &self.spec.timeout,
            observed: self.status.observed_generation,
            conditions: &self.status.conditions,
        }
        .health()
    }
}

impl Assess for HelmRelease {
    fn health(&self, _: Timestamp) -> Health {
        Reconciled {
            meta: &self.metadata,
            suspend: self.spec.suspend,
            timeout: &self.spec.timeout,
            observed: self.status.observed_generation,
            conditions: &self.status.conditions,
        }
        .health()
    }
}

impl Assess for HelmChart {
    fn health(&self, _: Timestamp) -> Health {
        Reconciled {
            meta: &self.metadata,
            suspend: self.spec.suspend,
            timeout: "",
            observed: self.status.observed_generation,
            conditions: &self.status.conditions,
        }
        .health()
    }
}

fn source(source: &Source) -> Reconciled<'_> {
    Reconciled {
        meta: &source.metadata,
        suspend: source.spec.suspend,
        timeout: &source.spec.timeout,
        observed: source.status.observed_generation,
        conditions: &source.status.conditions,
    }
}

impl Assess for HelmRepository {
    fn health(&self, _: Timestamp) -> Health {
        // A registry is only looked at when a chart is pulled from it: it never gets a status.
        let is_static = self.spec.r#type == "oci" && self.status.conditions.is_empty();
        if is_static && !self.spec.suspend {
            return first(&self.metadata, 0).unwrap_or_else(Health::current);
        }
        source(self).health()
    }
}

macro_rules! sources {
    ($($kind:ty),*) => {$(
        impl Assess for $kind {
            fn health(&self, _: Timestamp) -> Health { source(self).health() }
        }
    )*};
}
sources!(GitRepository, OciRepository, Bucket);
