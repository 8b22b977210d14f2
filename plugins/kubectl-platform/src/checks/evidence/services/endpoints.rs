//! What is behind a Service: endpoints that take traffic, or why there are none.
//!
//! A check that uses this looks up `Kind::EndpointSlice` and `Kind::Pod`, and hints at what
//! [`super::selection`] asks for.

use shared::facts::View;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::service::{EndpointSlice, Service};

use super::selection::{self, Maker};

/// What is behind a Service.
pub(in crate::checks) enum Behind<'m, 'a> {
    /// At least one endpoint takes traffic, or the Service is not meant to have endpoints.
    Something,
    /// Pods, of which none is ready.
    Unready(Vec<&'a Pod>),
    /// Pods that are ready, but are no endpoints.
    Unlisted,
    /// Workloads that want pods and have none.
    NoPods(Vec<&'m Maker<'a>>),
    /// Workloads, all of which were told to run no pods.
    ScaledToZero(Vec<&'m Maker<'a>>),
    /// Its selector matches no pod and no workload.
    NothingSelected,
    /// It has no selector, and nobody wrote an EndpointSlice for it.
    NothingWritten,
}

/// Looks behind a Service.
pub(in crate::checks) fn look<'m, 'a>(
    view: &View<'a>,
    makers: &'m [Maker<'a>],
    service: &'a Service,
) -> Behind<'m, 'a> {
    let meta = &service.metadata;
    if service.spec.r#type == "ExternalName" || meta.deletion_timestamp.0.is_some() {
        return Behind::Something;
    }
    let slices = view.all::<EndpointSlice>();
    let mut own = slices.iter().filter(|slice| {
        slice.metadata.namespace == meta.namespace
            && slice.metadata.label("kubernetes.io/service-name") == meta.name
    });
    if own.any(takes_traffic) {
        return Behind::Something;
    }
    if service.spec.selector.is_empty() {
        return Behind::NothingWritten;
    }
    let pods: Vec<_> = selection::pods(view, service).collect();
    if pods.iter().any(|pod| selection::is_ready(pod)) {
        // A cluster always has the slice of its own API: without any, they were not read along.
        return if slices.is_empty() {
            Behind::Something
        } else {
            Behind::Unlisted
        };
    }
    if !pods.is_empty() {
        return Behind::Unready(pods);
    }
    let selected: Vec<_> = makers
        .iter()
        .filter(|maker| maker.is_selected_by(service))
        .collect();
    let wanting: Vec<_> = selected
        .iter()
        .filter(|maker| maker.wanted > 0)
        .copied()
        .collect();
    if !wanting.is_empty() {
        Behind::NoPods(wanting)
    } else if !selected.is_empty() {
        Behind::ScaledToZero(selected)
    } else if is_of_jobs(view, service) {
        Behind::Something
    } else {
        Behind::NothingSelected
    }
}

/// Whether a slice has an endpoint that is ready; one that does not say counts as ready.
fn takes_traffic(slice: &EndpointSlice) -> bool {
    let mut endpoints = slice.endpoints.iter();
    endpoints.any(|endpoint| endpoint.conditions.ready != Some(false))
}

/// Only pods that are done bear its labels: they were never meant to stay.
fn is_of_jobs(view: &View<'_>, service: &Service) -> bool {
    view.all::<Pod>().iter().any(|pod| {
        pod.metadata.namespace == service.metadata.namespace
            && selection::selects(&service.spec.selector, &pod.metadata.labels)
    })
}
