//! Which addresses a workload is told: the Services that it names, and whether it has some from where
//! nobody may look.

use shared::facts::kinds::apps::StatefulSet;
use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::env::EnvVar;
use shared::facts::kinds::pod::{Pod, PodSpec};
use shared::facts::kinds::service::Service;
use shared::facts::kinds::service_hosts::ServiceHosts;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use crate::checks::evidence::flux::applied;
use crate::checks::evidence::pods::config;
use crate::checks::evidence::pods::workload::Workload;

/// The Services that a pod's environment, the ConfigMaps behind it and its HelmRelease name.
pub(in crate::checks) fn services(
    view: &View<'_>,
    workload: &Workload<'_>,
    spec: &PodSpec,
) -> Vec<(String, String)> {
    let namespace = workload.object.namespace();
    let env = variables(spec).map(|variable| variable.services.clone());
    let maps = config::needed(spec)
        .into_iter()
        .filter(|needed| !needed.is_secret());
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

/// Whether an address comes out of a Secret, where nobody may look: `DATABASE_URL`, `REDIS_HOST`.
pub(in crate::checks) fn hides_one(spec: &PodSpec) -> bool {
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

/// The Services that a pod itself names, each with the field: the one by which the pods of a
/// StatefulSet are to find each other, and those of its environment.
///
/// A check that uses this hints at `StatefulSet`.
pub(in crate::checks) fn fields<'a>(
    view: &View<'a>,
    pod: &'a Pod,
    workload: &Workload<'_>,
) -> Vec<(ObjectRef, &'a str)> {
    let own = pod.metadata.namespace.as_str();
    let is_set = workload.object.kind == StatefulSet::KIND.name();
    let set = view.get::<StatefulSet>(own, &workload.object.name);
    // One alone finds itself.
    let set = set.filter(|set| is_set && set.spec.replicas > Some(1));
    let governing = set.map(|set| (own, set.spec.service_name.as_str(), "serviceName"));
    let governing = governing.filter(|(_, name, _)| !name.is_empty());
    let variables = pod.spec.containers.iter().flat_map(|one| &one.env);
    let asked = variables.flat_map(|variable| {
        let services = variable.services.seen_from(own);
        services.map(|(namespace, name)| (namespace, name, variable.name.as_str()))
    });
    let all = governing.into_iter().chain(asked);
    all.map(|(namespace, name, field)| (Service::KIND.object(namespace, name), field))
        .collect()
}
