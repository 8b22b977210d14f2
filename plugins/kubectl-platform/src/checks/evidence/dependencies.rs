//! What a workload needs to run well: where to look when it fails without saying why.

use shared::facts::kinds::apps::{Deployment, StatefulSet};
use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::env::EnvVar;
use shared::facts::kinds::flux_apply::Kustomization;
use shared::facts::kinds::pod::PodSpec;
use shared::facts::kinds::service_hosts::ServiceHosts;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::workload::Workload;
use super::{applied, behind, dns, references};

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
    for (namespace, name) in services(view, workload, spec) {
        all.push(ObjectRef::new("v1", "Service", &namespace, name.clone()));
        all.extend(behind::service(view, &namespace, &name));
    }
    all.extend(
        references::config(spec)
            .iter()
            .map(|needed| needed.object(namespace)),
    );
    all.extend(references::claims(spec, namespace));
    all.extend(earlier(view, workload));
    all.extend(dns::servers(view).into_iter().map(|server| server.object));
    all.extend(references::node(spec));
    if hides_an_address(spec) {
        all.extend(neighbours(view, namespace));
    }
    unique(all, workload)
}

/// The Services that a pod's environment, the ConfigMaps behind it and its HelmRelease name.
fn services(view: &View<'_>, workload: &Workload<'_>, spec: &PodSpec) -> Vec<(String, String)> {
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

/// Whether an address comes out of a Secret, where nobody may look: `DATABASE_URL`, `REDIS_HOST`.
fn hides_an_address(spec: &PodSpec) -> bool {
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

/// The databases beside it: what keeps state in the same namespace.
fn neighbours(view: &View<'_>, namespace: &str) -> Vec<ObjectRef> {
    let sets = view
        .all::<StatefulSet>()
        .iter()
        .filter(|set| set.metadata.namespace == namespace);
    sets.map(Fact::reference).collect()
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

/// The other workloads of the same custom resource, such as masters beside their workers.
pub(in crate::checks) fn siblings(view: &View<'_>, workload: &Workload<'_>) -> Vec<ObjectRef> {
    let Some((meta, owner)) = workload
        .meta
        .and_then(|meta| Some((meta, meta.controller()?)))
    else {
        return Vec::new();
    };
    let is_sibling = |other: &Meta| {
        other.namespace == meta.namespace
            && other
                .controller()
                .is_some_and(|own| own.kind == owner.kind && own.name == owner.name)
    };
    let sets = view
        .all::<StatefulSet>()
        .iter()
        .filter(|set| is_sibling(&set.metadata));
    let deployments = view
        .all::<Deployment>()
        .iter()
        .filter(|set| is_sibling(&set.metadata));
    let all = sets
        .map(Fact::reference)
        .chain(deployments.map(Fact::reference));
    unique(all.collect(), workload)
}
