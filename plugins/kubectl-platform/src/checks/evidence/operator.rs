//! What belongs to a custom resource: the workloads that its operator made for it, the cluster
//! resource beside it, and the operator.

use shared::facts::kinds::apps::{DaemonSet, Deployment, StatefulSet};
use shared::facts::kinds::batch::Job;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::secret_sync::ExternalSecret;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Gap, Reason, View};
use shared::health::{Assess, Health, Status, tells_failure};
use shared::object::{ObjectRef, group_of};

use super::{named, superseded, words};

/// Parts of API groups that name no operator.
const COMMON: &[&str] = &[
    "apps",
    "cluster",
    "config",
    "core",
    "k8s",
    "kubernetes",
    "monitoring",
    "network",
    "networking",
    "operator",
    "security",
    "storage",
    "toolkit",
];

/// Whether a kind is none of Kubernetes' own, by its API group.
pub(in crate::checks) fn is_foreign(api_version: &str) -> bool {
    let group = group_of(api_version);
    group.contains('.') && !group.ends_with(".k8s.io")
}

/// The workloads and claims that a custom resource owns, or that are labelled with its name.
pub(in crate::checks) fn parts(view: &View<'_>, custom: &Custom) -> Vec<ObjectRef> {
    let mut found = Vec::new();
    found.extend(of::<Deployment>(view, custom));
    found.extend(of::<StatefulSet>(view, custom));
    found.extend(of::<DaemonSet>(view, custom));
    found.extend(of::<Job>(view, custom));
    found.extend(of::<Pod>(view, custom));
    found.extend(of::<PersistentVolumeClaim>(view, custom));
    found.extend(of::<ExternalSecret>(view, custom));
    // Of other kinds only what it owns: their labels say less.
    let customs = view.all::<Custom>().iter();
    let owned = customs.filter(|other| {
        other.metadata.namespace == custom.metadata.namespace && is_owned(&other.metadata, custom)
    });
    found.extend(owned.map(Fact::reference));
    found
}

fn of<F: Fact>(view: &View<'_>, custom: &Custom) -> impl Iterator<Item = ObjectRef> {
    let all = view.all::<F>().iter();
    all.filter(|fact| belongs(fact.meta(), custom))
        .map(Fact::reference)
}

fn belongs(meta: &Meta, custom: &Custom) -> bool {
    let own = &custom.metadata;
    let is_beside = meta.namespace == own.namespace;
    // What is of no namespace may own what is in any.
    (is_owned(meta, custom) && (is_beside || own.namespace.is_empty()))
        || (is_beside && meta.labels.values().any(|value| *value == own.name))
}

fn is_owned(meta: &Meta, custom: &Custom) -> bool {
    let mut owners = meta.owner_references.iter();
    owners.any(|owner| owner.kind == custom.kind && owner.name == custom.metadata.name)
}

/// How a custom resource fares that is unwell, and that nothing later has made up for.
pub(in crate::checks) fn unwell(view: &View<'_>, custom: &Custom) -> Option<Health> {
    let mut health = found_out(custom.health(view.now()), view);
    if !matches!(health.status, Status::Failed | Status::InProgress) {
        return None;
    }
    if health.reason == "NoStatus" {
        // Where no object of the kind has a status, nobody writes one, and its absence means nothing.
        if !reports_elsewhere(view, custom) {
            return None;
        }
        health = health.since(custom.metadata.creation_timestamp);
    }
    let is_past = health.status == Status::Failed && superseded::by_later(view, custom, view.now());
    (!is_past).then_some(health)
}

/// What its operator cannot find out is on its way while it is new, and behind its time where it says why.
fn found_out(mut health: Health, view: &View<'_>) -> Health {
    let says_why = || tells_failure(&health.reason) || tells_failure(&health.message);
    let age = health.since.age(view.now());
    if health.is_untold && age.is_some_and(|age| age <= health.deadline || says_why()) {
        health.status = Status::InProgress;
    }
    health
}

/// Why it cannot be told how a custom resource fares, where its operator says that it cannot.
pub(in crate::checks) fn untold(view: &View<'_>, custom: &Custom) -> Option<Gap> {
    let health = found_out(custom.health(view.now()), view);
    (health.is_untold && health.status == Status::Unknown).then(|| {
        let told = words::told(&health);
        let object = custom.reference();
        let why = format!("the operator of {object} cannot tell how it fares: {told}");
        Gap::new(Reason::Unreadable, why)
    })
}

/// What may be behind a custom resource that is unwell: those whose kind its message names, its own
/// parts or else the whole that it is part of, and its operator.
pub(in crate::checks) fn suspects(view: &View<'_>, custom: &Custom, text: &str) -> Vec<ObjectRef> {
    let mut all = named::by_kind(view, custom, text);
    all.extend(named::by_fields(view, custom));
    all.extend(superseded::last(view, custom, view.now()).map(Fact::reference));
    let parts = parts(view, custom);
    if parts.is_empty() {
        all.extend(wholes(view, custom));
    }
    all.extend(parts);
    all.extend(operators(view, custom));
    all
}

/// Whether others of its kind have a status: then somebody reports on the kind.
fn reports_elsewhere(view: &View<'_>, custom: &Custom) -> bool {
    let mut others = view.all::<Custom>().iter();
    others.any(|other| {
        let is_same_kind = other.kind == custom.kind && other.api_version == custom.api_version;
        let status = &other.status;
        let has_status = !status.conditions().is_empty() || !status.scalars.is_empty();
        is_same_kind && has_status && other.metadata != custom.metadata
    })
}

/// The custom resources that stand for the whole of which this is a part: of the same group and
/// namespace, with workloads where this has none (a CephBlockPool's CephCluster).
pub(in crate::checks) fn wholes(view: &View<'_>, custom: &Custom) -> Vec<ObjectRef> {
    let is_beside = |other: &&Custom| {
        other.metadata.namespace == custom.metadata.namespace
            && other.group() == custom.group()
            && other.kind != custom.kind
            && !parts(view, other).is_empty()
    };
    view.all::<Custom>()
        .iter()
        .filter(is_beside)
        .map(Fact::reference)
        .collect()
}

/// The operators of what owns an object: they make its pods, and label them.
pub(in crate::checks) fn operators_of_owners(view: &View<'_>, meta: &Meta) -> Vec<ObjectRef> {
    let customs = view.all::<Custom>().iter();
    let beside = customs.filter(|custom| custom.metadata.namespace == meta.namespace);
    let owners = beside.filter(|custom| is_owned(meta, custom));
    owners.flat_map(|custom| operators(view, custom)).collect()
}

/// The Deployments that are likely the operator's: named, as is their namespace, after the kind or
/// its group.
pub(in crate::checks) fn operators(view: &View<'_>, custom: &Custom) -> Vec<ObjectRef> {
    let group = custom.group();
    let mut words: Vec<String> = group.split(['.', '-']).map(str::to_owned).collect();
    words.pop();
    words.push(custom.kind.to_ascii_lowercase());
    words.retain(|word| word.len() >= 4 && !COMMON.contains(&word.as_str()));
    // `velero.io` is Velero's.
    let whose = group
        .split_once('.')
        .filter(|(_, rest)| !rest.contains('.'));
    let is_operator = |deployment: &&Deployment| {
        let meta = &deployment.metadata;
        if whose.is_some_and(|(name, _)| *meta.name == *name && *meta.namespace == *name) {
            return true;
        }
        let place = format!("{}/{}", meta.namespace, meta.name).replace('-', "");
        let controls = ["operator", "manager", "controller"]
            .iter()
            .any(|word| meta.name.contains(word));
        let named = words.iter().any(|word| place.contains(word.as_str()));
        named && (controls || meta.namespace.ends_with("-system"))
    };
    view.all::<Deployment>()
        .iter()
        .filter(is_operator)
        .map(Fact::reference)
        .collect()
}
