//! Traefik's entry points: who uses them, and whether a Service leads there from outside.

use std::collections::BTreeMap;

use shared::facts::View;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::pod::ContainerPort;
use shared::facts::kinds::service::Service;
use shared::object::ObjectRef;

use super::routes;

/// The routes that name an entry point, by its name in lower case.
pub(in crate::checks) fn users(view: &View<'_>) -> BTreeMap<String, Vec<ObjectRef>> {
    let mut users: BTreeMap<String, Vec<ObjectRef>> = BTreeMap::new();
    for (from, route) in routes::of_traefik(view) {
        for name in &route.spec.entry_points {
            let of_name = users.entry(name.to_ascii_lowercase()).or_default();
            of_name.push(from.clone());
        }
    }
    users
}

/// Whether a Service takes requests from outside.
pub(in crate::checks) fn is_open(service: &Service) -> bool {
    matches!(service.spec.r#type.as_str(), "LoadBalancer" | "NodePort")
        || !service.spec.external_ips.is_empty()
}

/// Whether a Service leads to a port of pods that names it so.
pub(in crate::checks) fn leads(service: &Service, port: i64, named: &[&ContainerPort]) -> bool {
    let mut ports = service.spec.ports.iter();
    ports.any(|of_service| match &of_service.target_port {
        Some(IntOrString::Text(name)) => named.iter().any(|own| own.name == *name),
        Some(IntOrString::Int(number)) => *number == port,
        None => of_service.port == port,
    })
}
