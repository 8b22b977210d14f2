//! Traefik's entry points: who uses them, and whether a Service leads there from outside.

use std::collections::{BTreeMap, BTreeSet};

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::{ContainerPort, PodSpec};
use shared::facts::kinds::service::Service;
use shared::facts::meta::Meta;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

use super::traefik::Traefik;
use crate::checks::evidence::routes;

/// The routes that name an entry point, by its name in lower case. Traefik's own pages and metrics,
/// which are for the inside, are left out.
fn users(view: &View<'_>) -> BTreeMap<String, Vec<ObjectRef>> {
    let mut users: BTreeMap<String, Vec<ObjectRef>> = BTreeMap::new();
    for (from, route) in routes::of_traefik(view) {
        for name in &route.spec.entry_points {
            let of_name = users.entry(name.to_ascii_lowercase()).or_default();
            of_name.push(from.clone());
        }
    }
    users.retain(|name, _| !["traefik", "metrics", "ping"].contains(&name.as_str()));
    users
}

/// The entry points that routes and Ingresses ask for, each once for each that asks.
///
/// A check that uses this needs the kinds of Traefik's routes, and `Ingress`.
pub(in crate::checks) fn asked<'a>(
    view: &View<'a>,
) -> Vec<(ObjectRef, &'a Meta, BTreeSet<&'a str>)> {
    let of_routes = routes::of_traefik(view).into_iter().map(|(from, route)| {
        let names = route.spec.entry_points.iter().map(String::as_str);
        (from, &route.metadata, names.collect())
    });
    let of_ingresses = view.all::<Ingress>().iter().map(|ingress| {
        let option = "traefik.ingress.kubernetes.io/router.entrypoints";
        let names = ingress.metadata.annotation(option).split(',');
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        (ingress.reference(), &ingress.metadata, names.collect())
    });
    of_routes.chain(of_ingresses).collect()
}

/// The entry points that routes use and that no request comes to, neither by its pods' nodes nor by one
/// of these Services: each with its port, and with the routes in words.
pub(in crate::checks) fn closed(
    view: &View<'_>,
    traefik: &Traefik<'_>,
    spec: &PodSpec,
    fronts: &[&Service],
) -> Vec<(String, i64, String)> {
    let closed = users(view).into_iter().filter_map(|(name, users)| {
        let port = traefik.port_of(&name)?;
        let users: Vec<_> = users.iter().map(ToString::to_string).collect();
        (!is_exposed(spec, port, fronts)).then(|| (name, port, users.join(", ")))
    });
    closed.collect()
}

/// The ports of pods that bear a number.
fn bearing(spec: &PodSpec, port: i64) -> Vec<&ContainerPort> {
    let ports = spec.containers.iter().flat_map(|one| &one.ports);
    ports.filter(|own| own.container_port == port).collect()
}

/// Whether requests for a port of pods come in: on their nodes, or by one of these Services.
fn is_exposed(spec: &PodSpec, port: i64, fronts: &[&Service]) -> bool {
    let own = bearing(spec, port);
    let is_on_node = spec.host_network || own.iter().any(|own| own.host_port > 0);
    is_on_node || fronts.iter().any(|front| leads(front, port, &own))
}

/// Whether a Service takes requests from outside.
pub(in crate::checks) fn is_open(service: &Service) -> bool {
    matches!(service.spec.r#type.as_str(), "LoadBalancer" | "NodePort")
        || !service.spec.external_ips.is_empty()
}

/// Whether a Service leads to a port of pods that names it so.
fn leads(service: &Service, port: i64, named: &[&ContainerPort]) -> bool {
    let mut ports = service.spec.ports.iter();
    ports.any(|of_service| match &of_service.target_port {
        Some(IntOrString::Text(name)) => named.iter().any(|own| own.name == *name),
        Some(IntOrString::Int(number)) => *number == port,
        None => of_service.port == port,
    })
}
