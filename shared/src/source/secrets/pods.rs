//! The Secrets that a pod names.

use crate::facts::kinds::pod::{Container, ContainerStatus, Pod, PodSpec, Volume};

/// Whether all containers have been started at some time: then all keys were there.
pub(super) fn is_started(pod: &Pod) -> bool {
    let status = &pod.status;
    let all = status
        .init_container_statuses
        .iter()
        .chain(&status.container_statuses);
    let has_started = |status: &ContainerStatus| {
        status.state.waiting.is_none() || status.last_state.terminated.is_some()
    };
    !status.container_statuses.is_empty() && all.into_iter().all(has_started)
}

/// The Secrets of which a pod's spec names keys.
pub(super) fn keyed(spec: &PodSpec) -> impl Iterator<Item = &str> {
    let containers = spec.init_containers.iter().chain(&spec.containers);
    containers
        .flat_map(of_variables)
        .chain(spec.volumes.iter().flat_map(of_volume))
}

fn of_variables(container: &Container) -> impl Iterator<Item = &str> {
    let sources = container
        .env
        .iter()
        .filter_map(|variable| variable.value_from.as_ref());
    sources.filter_map(|source| Some(source.secret_key_ref.as_ref()?.name.as_str()))
}

fn of_volume(volume: &Volume) -> impl Iterator<Item = &str> {
    let whole = volume
        .secret
        .iter()
        .filter(|secret| !secret.items.is_empty());
    let projected = volume
        .projected
        .iter()
        .flat_map(|projected| &projected.sources);
    let parts = projected.filter_map(|part| part.secret.as_ref());
    whole.map(|secret| secret.secret_name.as_str()).chain(
        parts
            .filter(|part| !part.items.is_empty())
            .map(|part| part.name.as_str()),
    )
}
