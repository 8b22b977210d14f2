//! network/backend-port-missing: A route leads to a port that its Service does not have.
//!
//! Requests that it takes are answered with an error. The route names the Service's `port` (or the
//! port's name), not the `targetPort` of the pods.
//!
//! Compare it with `kubectl get service NAME -n NAMESPACE -o wide`.

use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::service::{Service, ServicePort};
use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::backends;
use crate::checks::evidence::routes::routes_and;
use crate::checks::evidence::words::remedy::command;

pub(super) const NEEDS: &[Need] = routes_and![
    declared(Kind::Service).lookup(),
    declared(Kind::TraefikService).hint(),
    declared(Kind::Middleware).hint(),
    declared(Kind::IngressClass).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for backend in backends::all(view) {
        let Some(port) = &backend.port else { continue };
        let service = view.get::<Service>(backend.to.namespace(), &backend.to.name);
        let Some(service) = service.filter(|service| service.spec.r#type != "ExternalName") else {
            continue;
        };
        let ports = &service.spec.ports;
        // ingress-nginx takes the target port for the port too.
        let by_target = backend.controller(view).contains("nginx");
        if ports.is_empty() || ports.iter().any(|has| is(has, port, by_target)) {
            continue;
        }
        let known: Vec<_> = ports.iter().map(shown).collect();
        let told = format!(
            "leads to port {port} of {}, which has {}",
            backend.to,
            known.join(", ")
        );
        let finding = found.about_read(Level::Error, backend.from.clone(), backend.meta, told);
        finding.remedy = Some(command!(
            "kubectl get service {} -n {} -o wide",
            backend.to.name,
            backend.to.namespace()
        ));
    }
}

fn is(has: &ServicePort, port: &IntOrString, by_target: bool) -> bool {
    let is_target = by_target && has.target_port.as_ref() == Some(port);
    is_target || has.name == port.to_string() || has.port.to_string() == port.to_string()
}

fn shown(port: &ServicePort) -> String {
    if port.name.is_empty() {
        port.port.to_string()
    } else {
        format!("{} ({})", port.port, port.name)
    }
}
