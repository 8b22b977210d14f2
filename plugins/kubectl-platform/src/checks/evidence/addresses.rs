//! Which addresses a workload is told: the Services that it names, and whether it has some from where
//! nobody may look.

use shared::facts::View;
use shared::facts::kinds::core::ConfigMap;
use shared::facts::kinds::env::EnvVar;
use shared::facts::kinds::pod::PodSpec;
use shared::facts::kinds::service_hosts::ServiceHosts;

use super::workload::Workload;
use super::{applied, references};

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
