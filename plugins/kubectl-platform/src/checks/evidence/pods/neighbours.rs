//! What is beside a workload that fails: what keeps state in its namespace, and what of its own release rests.

use std::collections::HashSet;
use std::rc::Rc;

use shared::facts::kinds::apps::{Deployment, StatefulSet};
use shared::facts::kinds::batch::Job;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::Service;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::family;
use super::workload::Workload;
use crate::checks::evidence::services::behind;

/// What was installed together with a workload and is told to run no pods.
pub(super) fn resting(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let is_beside = |meta: &Meta, replicas: Option<i64>| {
        let own = workload.meta;
        replicas == Some(0) && own.is_some_and(|own| family::is_of_one_release(own, meta))
    };
    let deployments = view.all::<Deployment>().iter();
    let deployments = deployments.filter(|one| is_beside(&one.metadata, one.spec.replicas));
    let sets = view.all::<StatefulSet>().iter();
    let sets = sets.filter(|one| is_beside(&one.metadata, one.spec.replicas));
    let sets = sets.map(Fact::reference);
    deployments.map(Fact::reference).chain(sets).collect()
}

/// What keeps state beside it: StatefulSets, the pods of custom resources (a database's), and the
/// jobs that prepare it.
pub(super) fn keeping_state(view: &View<'_>, namespace: &str) -> Rc<[ObjectRef]> {
    view.once(("what keeps state", namespace, ""), || {
        found(view, namespace)
    })
}

fn found(view: &View<'_>, namespace: &str) -> Rc<[ObjectRef]> {
    let sets = view.all::<StatefulSet>().iter().map(Fact::reference);
    let jobs = view
        .all::<Job>()
        .iter()
        .filter(|job| job.metadata.controller().is_none());
    let owners = view.all::<Pod>().iter().filter_map(|pod| {
        let owner = pod.metadata.controller()?;
        let is_custom = owner.api_version.contains('.');
        is_custom.then(|| owner.reference(&pod.metadata.namespace))
    });
    // What is gone has left its Service.
    let services = view.all::<Service>().iter();
    let services = services.filter(|service| service.metadata.namespace == namespace);
    let gone = services.flat_map(|service| {
        let behind = behind::service(view, namespace, &service.metadata.name);
        let sets = behind
            .iter()
            .filter(|object| object.kind == StatefulSet::KIND.name());
        sets.cloned().collect::<Vec<_>>()
    });
    // The Services that a set is reached by: they may be gone, or select other pods than the set's.
    let reached = view.all::<StatefulSet>().iter().flat_map(|set| {
        let names = [&set.metadata.name, &set.spec.service_name];
        names.map(|name| Service::KIND.object(&set.metadata.namespace, name))
    });
    let made = view.all::<Service>().iter();
    let made = made.filter(|service| service.metadata.controller().is_some());
    let all = sets
        .chain(reached)
        .chain(made.map(Fact::reference))
        .chain(jobs.map(Fact::reference))
        .chain(owners)
        .chain(gone);
    let mut known = HashSet::new();
    all.filter(|object| object.namespace() == namespace && known.insert(object.clone()))
        .collect()
}
