//! What a workload needs to run well: where to look when it fails without saying why.

use std::collections::HashSet;

use shared::facts::kinds::apps::StatefulSet;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::pod::{Pod, PodSpec, Terminated};
use shared::facts::kinds::service::Service;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::workload::Workload;
use super::{config, family, neighbours, references, unstarted};
use crate::checks::evidence::flux::applied;
use crate::checks::evidence::network;
use crate::checks::evidence::policies;
use crate::checks::evidence::services::{addresses, behind, dns, made, unknown_host};
use crate::checks::evidence::volumes::driver;
use crate::checks::evidence::words::message;

/// Everything that a program which starts and fails may fail for: the Services it is told of and
/// what runs behind them, its configuration and volumes, what its Kustomization depends on, DNS,
/// its node, and what gives it a network there.
pub(in crate::checks) fn of(
    view: &View<'_>,
    workload: &Workload<'_>,
    spec: &PodSpec,
) -> Vec<ObjectRef> {
    let namespace = workload.object.namespace();
    let mut all = Vec::new();
    let services = addresses::services(view, workload, spec);
    for (namespace, name) in &services {
        let behind = behind::service(view, namespace, name);
        // Its own Service is as it makes it.
        if !behind.contains(&workload.object) {
            all.push(ObjectRef::new("v1", "Service", namespace, name.clone()));
            all.extend(behind.iter().cloned());
        }
    }
    all.extend(
        config::needed(spec)
            .iter()
            .map(|needed| needed.object(namespace)),
    );
    all.extend(references::claims(spec, namespace));
    all.extend(storage(view, spec, namespace));
    let earlier = earlier(view, workload);
    all.extend(made(view, &earlier));
    all.extend(earlier.iter().flat_map(made::services));
    all.extend(earlier);
    // What runs on the network of each node asks the node's resolver.
    if !(spec.host_network && workload.object.kind == "DaemonSet") {
        let servers = dns::servers(view);
        if servers
            .iter()
            .all(|server| server.object != workload.object)
        {
            all.extend(dns::services(view));
        }
        all.extend(servers.into_iter().map(|server| server.object));
    }
    // By it the pods of a StatefulSet find each other; where it selects them, it is as they make it.
    let set = view.get::<StatefulSet>(namespace, &workload.object.name);
    let set = set.filter(|_| workload.object.kind == "StatefulSet");
    let governing = set.map_or("", |set| &set.spec.service_name);
    if !governing.is_empty()
        && !behind::service(view, namespace, governing).contains(&workload.object)
    {
        all.push(ObjectRef::new("v1", "Service", namespace, governing));
    }
    // Those may stand between the two.
    let is_near =
        |space: &str| namespace == space || all.iter().any(|one| one.namespace() == space);
    let guards = policies::near(view, is_near);
    all.extend(guards);
    all.extend(references::node(spec));
    if !spec.host_network {
        all.extend(network::unwell_on(view, &[&spec.node_name]));
    }
    // What keeps state itself has its password from a Secret, too.
    if workload.object.kind != "StatefulSet" && addresses::hides_one(spec) {
        all.extend(neighbours::keeping_state(view, namespace).iter().cloned());
    }
    all.extend(neighbours::resting(view, workload));
    unique(all, workload)
}

/// The same, and what the program said before it ended.
///
/// A check that uses this hints at `Namespace` and `Node`.
pub(in crate::checks) fn told(
    view: &View<'_>,
    workload: &Workload<'_>,
    pod: &Pod,
    end: Option<&Terminated>,
) -> Vec<ObjectRef> {
    let mut all = of(view, workload, &pod.spec);
    let said = end.map_or("", |end| &end.message);
    let is_exhausted = unstarted::is_exhausted(said);
    all.extend(references::node(&pod.spec).filter(|_| is_exhausted));
    all.extend(message::suspects(view, &workload.object, said));
    all.extend(unknown_host::service(view, pod, end));
    all.extend(family::alike(view, workload));
    all
}

/// The Services that what its Kustomization depends on has brought, such as a database's.
pub(in crate::checks) fn reached(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let earlier = earlier(view, workload);
    let made = made(view, &earlier);
    let services = earlier.into_iter().chain(made);
    services
        .filter(|object| object.kind == Service::KIND.name())
        .collect()
}

/// What was to be there before the workload: what the Kustomizations have applied on which its own
/// depends.
fn earlier(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let own = workload.meta.and_then(|meta| applied::by(view, meta));
    let depends_on = own.into_iter().flat_map(|own| {
        own.spec.depends_on.iter().filter_map(|other| {
            let namespace = own.metadata.namespace_of(&other.namespace);
            view.get::<Kustomization>(namespace, &other.name)
        })
    });
    depends_on
        .flat_map(|kustomization| applied::objects(view, kustomization))
        .collect()
}

/// The Services that were made for objects, such as a database's by its operator.
fn made(view: &View<'_>, objects: &[ObjectRef]) -> Vec<ObjectRef> {
    let is_made = |service: &&Service| {
        let meta = &service.metadata;
        meta.owner_references.iter().any(|owner| {
            let mut objects = objects.iter();
            objects.any(|one| {
                one.kind == owner.kind
                    && one.name == owner.name
                    && one.namespace() == meta.namespace
            })
        })
    };
    view.all::<Service>()
        .iter()
        .filter(is_made)
        .map(Fact::reference)
        .collect()
}

/// The storage behind the claims that a pod mounts.
fn storage(view: &View<'_>, spec: &PodSpec, namespace: &str) -> Vec<ObjectRef> {
    let claims = references::claims(spec, namespace);
    let read = claims
        .iter()
        .filter_map(|claim| view.get::<PersistentVolumeClaim>(namespace, &claim.name));
    read.filter_map(driver::of_claim)
        .flat_map(|driver| driver::storage(view, driver))
        .collect()
}

fn unique(all: Vec<ObjectRef>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let mut known: HashSet<ObjectRef> = HashSet::from([workload.object.clone()]);
    let mut all = all;
    all.retain(|object| known.insert(object.clone()));
    all
}
