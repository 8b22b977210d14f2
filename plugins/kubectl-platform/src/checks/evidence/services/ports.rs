//! The ports of a Service and of the pods behind it.
//!
//! A check that uses this hints at `Kind::Pod`.

use shared::facts::View;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::{Container, Pod};
use shared::facts::kinds::service::{Service, ServicePort};

use super::selection;

/// The containers that serve a pod's ports: init containers too where they run on as sidecars.
pub(in crate::checks) fn serving(pod: &Pod) -> impl Iterator<Item = &Container> {
    let init = pod.spec.init_containers.iter();
    let sidecars = init.filter(|container| container.restart_policy == "Always");
    pod.spec.containers.iter().chain(sidecars)
}

/// The ports of a Service whose target is a name that none of these pods has a port for.
pub(in crate::checks) fn unserved<'s>(
    service: &'s Service,
    pods: &[&Pod],
) -> impl Iterator<Item = &'s ServicePort> {
    let ports = pods
        .iter()
        .flat_map(|pod| serving(pod))
        .flat_map(|container| &container.ports);
    let names: Vec<_> = ports.map(|port| port.name.as_str()).collect();
    let has_pods = !pods.is_empty();
    service
        .spec
        .ports
        .iter()
        .filter(move |port| match &port.target_port {
            Some(IntOrString::Text(name)) => {
                has_pods && name.parse::<u16>().is_err() && !names.contains(&name.as_str())
            }
            _ => false,
        })
}

/// Whether one of a Service's ports leads to a name that its pods do not have.
pub(in crate::checks) fn lacks_port<'a>(view: &View<'a>, service: &'a Service) -> bool {
    let pods: Vec<_> = selection::pods(view, service).collect();
    unserved(service, &pods).next().is_some()
}
