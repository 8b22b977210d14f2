//! What a Service selects: pods, and the workloads whose pods it would select.
//!
//! A check that uses this hints at `Kind::Pod`, `Kind::Deployment`, `Kind::StatefulSet` and
//! `Kind::DaemonSet`.

use jiff::Timestamp;
use shared::facts::kinds::apps::{DaemonSet, Deployment, PodTemplate, StatefulSet};
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::meta::{Meta, condition};
use shared::facts::pairs::Pairs;
use shared::facts::{Fact, View};
use shared::finding::Level;
use shared::health::{Assess, DEFAULT_DEADLINE, Health};
use shared::object::ObjectRef;

/// A workload by the pods that it makes.
pub(crate) struct Maker<'a> {
    /// Its name.
    pub(crate) object: ObjectRef,
    /// Its metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// The pods it makes.
    pub(in crate::checks) template: &'a PodTemplate,
    /// How many it wants; a DaemonSet says so in its status.
    pub(in crate::checks) wanted: i64,
    /// How many are ready.
    pub(in crate::checks) ready: i64,
    /// How it fares.
    pub(in crate::checks) health: Health,
}

/// All workloads that run for ever, by namespace.
pub(crate) fn makers<'a>(view: &View<'a>) -> Vec<Maker<'a>> {
    let now = view.now();
    let deployments = view.all::<Deployment>().iter().map(|w| Maker {
        object: w.reference(),
        meta: &w.metadata,
        template: &w.spec.template,
        wanted: w.spec.replicas.unwrap_or(1),
        ready: w.status.ready_replicas,
        health: w.health(now),
    });
    let sets = view.all::<StatefulSet>().iter().map(|w| Maker {
        object: w.reference(),
        meta: &w.metadata,
        template: &w.spec.template,
        wanted: w.spec.replicas.unwrap_or(1),
        ready: w.status.ready_replicas,
        health: w.health(now),
    });
    let daemons = view.all::<DaemonSet>().iter().map(|w| Maker {
        object: w.reference(),
        meta: &w.metadata,
        template: &w.spec.template,
        wanted: w.status.desired_number_scheduled.unwrap_or(1),
        ready: w.status.number_ready,
        health: w.health(now),
    });
    deployments.chain(sets).chain(daemons).collect()
}

/// Whether a selector selects these labels; an empty one selects nothing.
pub(in crate::checks) fn selects(selector: &Pairs, labels: &Pairs) -> bool {
    let mut pairs = selector.iter();
    !selector.is_empty() && pairs.all(|(key, value)| labels.get(key) == Some(value))
}

/// The pods that a Service selects, without those that are done or on their way out.
pub(in crate::checks) fn pods<'a>(
    view: &View<'a>,
    service: &'a Service,
) -> impl Iterator<Item = &'a Pod> + use<'a> {
    let pods = view.all::<Pod>().iter();
    pods.filter(|pod| {
        pod.metadata.namespace == service.metadata.namespace
            && selects(&service.spec.selector, &pod.metadata.labels)
            && pod.metadata.deletion_timestamp.0.is_none()
            && !matches!(pod.status.phase.as_str(), "Succeeded" | "Failed")
    })
}

/// Whether a pod is ready.
pub(in crate::checks) fn is_ready(pod: &Pod) -> bool {
    condition(&pod.status.conditions, "Ready").is_some_and(|ready| ready.is_true())
}

/// How bad it is that none of these pods is ready: they may just be starting.
pub(in crate::checks) fn level_of_unready(pods: &[&Pod], now: Timestamp) -> Level {
    let since = pods.iter().map(|pod| {
        let ready = condition(&pod.status.conditions, "Ready");
        let since = ready.map(|ready| ready.last_transition_time);
        since
            .filter(|time| time.0.is_some())
            .unwrap_or(pod.metadata.creation_timestamp)
    });
    let newest = since.max().unwrap_or_default();
    Level::info_while(newest.age(now).is_some_and(|age| age <= DEFAULT_DEADLINE))
}

impl Maker<'_> {
    /// Whether a Service of the same namespace selects its pods.
    pub(crate) fn is_selected_by(&self, service: &Service) -> bool {
        self.meta.namespace == service.metadata.namespace
            && selects(&service.spec.selector, &self.template.metadata.labels)
    }

    /// What a Service that selects nothing says differently from the labels of this workload's
    /// pods, where it looks like a slip: every key is there, and one value is alike but not equal.
    pub(in crate::checks) fn slip<'s>(
        &self,
        service: &'s Service,
    ) -> Option<(&'s str, &'s str, &str)> {
        let selector = &service.spec.selector;
        if self.meta.namespace != service.metadata.namespace {
            return None;
        }
        let labels = &self.template.metadata.labels;
        let pairs: Option<Vec<_>> = selector
            .iter()
            .map(|(key, value)| Some((key.as_str(), value.as_str(), labels.get(key)?.as_str())))
            .collect();
        let wrong: Vec<_> = pairs?
            .into_iter()
            .filter(|(_, want, have)| want != have)
            .collect();
        match wrong.as_slice() {
            [(key, want, have)] if alike(want, have) => Some((key, want, have)),
            _ => None,
        }
    }
}

/// Whether two words look like one and a slip of it. Another number is no slip but another thing.
fn alike(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    if letters(a) == letters(b) {
        return false;
    }
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = a.len().min(b.len());
    let contains = a.contains(b) || b.contains(a);
    shorter >= 2 && (contains || common >= shorter.div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn slips_are_told_from_other_things() {
        for (a, b) in [
            ("site", "sites"),
            ("site", "website"),
            ("homepge", "homepage"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("v1", "v2"),
            ("blue", "green"),
            ("replica", "master"),
            ("a", "b"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
