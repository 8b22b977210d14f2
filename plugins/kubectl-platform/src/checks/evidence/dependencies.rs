//! What a workload needs to run well: where to look when it fails without saying why.

use shared::facts::kinds::apps::{Deployment, StatefulSet};
use shared::facts::kinds::batch::Job;
use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::env::EnvVar;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::network_policy::NetworkPolicy;
use shared::facts::kinds::pod::{Pod, PodSpec};
use shared::facts::kinds::service::Service;
use shared::facts::kinds::service_hosts::ServiceHosts;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::workload::Workload;
use super::{applied, behind, dns, driver, family, references};

/// Everything that a program which starts and fails may fail for: the Services it is told of and
/// what runs behind them, its configuration and volumes, what its Kustomization depends on, DNS,
/// and its node.
pub(in crate::checks) fn of(
    view: &View<'_>,
    workload: &Workload<'_>,
    spec: &PodSpec,
) -> Vec<ObjectRef> {
    let namespace = workload.object.namespace();
    let mut all = Vec::new();
    let services = services(view, workload, spec);
    for (namespace, name) in &services {
        let behind = behind::service(view, namespace, name);
        // Its own Service is as it makes it.
        if !behind.contains(&workload.object) {
            all.push(ObjectRef::new("v1", "Service", namespace, name.clone()));
            all.extend(behind);
        }
    }
    all.extend(
        references::config(spec)
            .iter()
            .map(|needed| needed.object(namespace)),
    );
    all.extend(references::claims(spec, namespace));
    all.extend(storage(view, spec, namespace));
    let earlier = earlier(view, workload);
    all.extend(made(view, &earlier));
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
    // By it the pods of a StatefulSet find each other; where it is there, it is as they make it.
    let set = view.get::<StatefulSet>(namespace, &workload.object.name);
    let set = set.filter(|_| workload.object.kind == "StatefulSet");
    let governing = set.map_or("", |set| &set.spec.service_name);
    if !governing.is_empty() && view.get::<Service>(namespace, governing).is_none() {
        all.push(ObjectRef::new("v1", "Service", namespace, governing));
    }
    all.extend(policies(view, namespace, &all));
    all.extend(references::node(spec));
    // What keeps state itself has its password from a Secret, too.
    if workload.object.kind != "StatefulSet" && hides_an_address(spec) {
        all.extend(neighbours(view, namespace));
    }
    all.extend(resting(view, workload));
    unique(all, workload)
}

/// What was installed together with a workload and is told to run no pods.
fn resting(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
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

/// The Services that a pod's environment, the ConfigMaps behind it and its HelmRelease name.
pub(in crate::checks) fn services(
    view: &View<'_>,
    workload: &Workload<'_>,
    spec: &PodSpec,
) -> Vec<(String, String)> {
    let namespace = workload.object.namespace();
    let env = variables(spec).map(|variable| variable.services.clone());
    let maps = references::config(spec)
        .into_iter()
        .filter(|needed| !needed.is_secret);
    let named = maps.filter_map(|needed| {
        let map = view.get::<ConfigMap>(namespace, needed.name)?;
        let wanted = map
            .keys
            .keys
            .iter()
            .filter(|(key, _)| needed.key.is_empty() || needed.key == key);
        Some(ServiceHosts(
            wanted.flat_map(|(_, hosts)| hosts.0.clone()).collect(),
        ))
    });
    let release = workload
        .meta
        .and_then(|meta| applied::release_of(view, meta));
    let values = release.map(|release| ServiceHosts(release.spec.values.services.clone()));
    let all = env.chain(named).chain(values);
    all.flat_map(|hosts| {
        let owned = |(namespace, name): (&str, &str)| (namespace.to_owned(), name.to_owned());
        hosts.seen_from(namespace).map(owned).collect::<Vec<_>>()
    })
    .collect()
}

fn variables(spec: &PodSpec) -> impl Iterator<Item = &EnvVar> {
    let containers = spec.init_containers.iter().chain(&spec.containers);
    containers.flat_map(|container| &container.env)
}

/// What was to be there before the workload: what the Kustomizations have applied on which its own
/// depends.
fn earlier(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let own = workload.meta.and_then(|meta| applied::by(view, meta));
    let depends_on = own.into_iter().flat_map(|own| {
        own.spec.depends_on.iter().filter_map(|other| {
            let namespace = if other.namespace.is_empty() {
                &own.metadata.namespace
            } else {
                &other.namespace
            };
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

/// Whether an address comes out of a Secret, where nobody may look: `DATABASE_URL`, `REDIS_HOST`.
pub(in crate::checks) fn hides_an_address(spec: &PodSpec) -> bool {
    const WORDS: [&str; 12] = [
        "URL", "URI", "DSN", "HOST", "ADDR", "ENDPOINT", "DATABASE", "DB", "PG", "POSTGRES",
        "REDIS", "BROKER",
    ];
    let hidden = variables(spec).filter(|variable| {
        variable
            .value_from
            .as_ref()
            .is_some_and(|source| source.secret_key_ref.is_some())
    });
    let mut names = hidden.map(|variable| variable.name.to_ascii_uppercase());
    let takes_all = spec
        .containers
        .iter()
        .flat_map(|container| &container.env_from);
    names.any(|name| WORDS.iter().any(|word| name.contains(word)))
        || takes_all
            .into_iter()
            .any(|source| source.secret_ref.is_some())
}

/// What keeps state beside it: StatefulSets, the pods of custom resources (a database's), and the
/// jobs that prepare it.
fn neighbours(view: &View<'_>, namespace: &str) -> Vec<ObjectRef> {
    let sets = view.all::<StatefulSet>().iter().map(Fact::reference);
    let jobs = view
        .all::<Job>()
        .iter()
        .filter(|job| job.metadata.controller().is_none());
    let owners = view.all::<Pod>().iter().filter_map(|pod| {
        let owner = pod.metadata.controller()?;
        let is_custom = owner.api_version.contains('.');
        is_custom.then(|| {
            let api_version = owner.api_version.clone();
            ObjectRef::new(
                api_version,
                owner.kind.clone(),
                &pod.metadata.namespace,
                owner.name.clone(),
            )
        })
    });
    // What is gone has left its Service.
    let services = view.all::<Service>().iter();
    let services = services.filter(|service| service.metadata.namespace == namespace);
    let gone = services.flat_map(|service| {
        let behind = behind::service(view, namespace, &service.metadata.name);
        behind
            .into_iter()
            .filter(|object| object.kind == StatefulSet::KIND.name())
    });
    // A set without the Services that it is reached by.
    let alone = view.all::<StatefulSet>().iter().flat_map(|set| {
        let names = [&set.metadata.name, &set.spec.service_name];
        names.map(|name| Service::KIND.object(&set.metadata.namespace, name))
    });
    let alone = alone.filter(|service| view.get::<Service>(namespace, &service.name).is_none());
    let all = sets
        .chain(alone)
        .chain(jobs.map(Fact::reference))
        .chain(owners)
        .chain(gone);
    all.filter(|object| object.namespace() == namespace)
        .collect()
}

/// The network policies that may stand between a workload and what it needs: those of its own namespace
/// and of theirs.
fn policies(view: &View<'_>, own: &str, needed: &[ObjectRef]) -> Vec<ObjectRef> {
    let is_near = |policy: &&NetworkPolicy| {
        let namespace = &policy.metadata.namespace;
        namespace == own || needed.iter().any(|other| other.namespace() == namespace)
    };
    let policies = view.all::<NetworkPolicy>().iter();
    policies.filter(is_near).map(Fact::reference).collect()
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
    let mut kept: Vec<ObjectRef> = Vec::new();
    for object in all {
        if object != workload.object && !kept.contains(&object) {
            kept.push(object);
        }
    }
    kept
}
