//! network/port-unserved: A Service's port leads to a named port that no pod has.
//!
//! `targetPort` is a name, and none of the containers behind the Service has a port of this name:
//! that port of the Service leads nowhere.
//!
//! Compare it with the names of `containerPort`s in the workload, or give the number.

use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::service::{Service, ServicePort};
use shared::facts::{Fact, Kind, Need, View, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::backends;
use crate::checks::evidence::routes::routes_and;
use crate::checks::evidence::services::{ports, selection};

pub(super) const NEEDS: &[Need] = routes_and![
    live(Kind::Service),
    live(Kind::Pod).lookup(),
    shared::facts::declared(Kind::TraefikService).hint(),
    shared::facts::declared(Kind::Middleware).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let backends = backends::all(view);
    for service in view.all::<Service>() {
        let object = service.reference();
        let pods: Vec<_> = selection::pods(view, service).collect();
        let unserved: Vec<_> = ports::unserved(service, &pods).collect();
        for port in &unserved {
            let mut leading = backends.iter().filter(|backend| backend.to == object);
            let is_needed =
                leading.any(|backend| backend.port.as_ref().is_some_and(|to| is(port, to)));
            // Charts have ports of metrics that are not switched on: the others still serve.
            let level = Level::error_if(is_needed || unserved.len() == service.spec.ports.len());
            let target = port
                .target_port
                .as_ref()
                .map_or_else(String::new, ToString::to_string);
            let known: Vec<_> = pods
                .iter()
                .flat_map(|pod| ports::serving(pod))
                .flat_map(|container| &container.ports)
                .map(|port| format!("{} ({})", port.name, port.container_port))
                .collect();
            let mut known: Vec<&str> = known.iter().map(String::as_str).collect();
            known.sort_unstable();
            known.dedup();
            let told = format!(
                "port {} leads to the port named {target}, but its pods have {}",
                port.port,
                if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                }
            );
            found.about(level, service, told);
        }
    }
}

fn is(port: &ServicePort, named: &IntOrString) -> bool {
    port.name == named.to_string() || port.port.to_string() == named.to_string()
}
