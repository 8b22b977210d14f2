//! Traefik with what its routes lead to.

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, View};

use super::super::end::End;
use super::{Conversation, ServicePort, behind, between, target};
use crate::checks::evidence::routes::backends::{self, Backend, By};
use crate::checks::evidence::routes::{self, traefik};

pub(super) fn by_routes<'a>(view: &View<'a>, ends: &[End<'a>]) -> Vec<Conversation<'a>> {
    let traefiks: Vec<_> = traefik::all(view)
        .into_iter()
        .map(|traefik| traefik.object)
        .collect();
    let traefiks: Vec<_> = ends
        .iter()
        .filter(|end| traefiks.contains(&end.object))
        .collect();
    let of_traefik: Vec<_> = view
        .all::<Ingress>()
        .iter()
        .filter(|ingress| routes::controller_of(view, ingress).starts_with("traefik.io/"))
        .map(Fact::reference)
        .collect();
    let mut all = Vec::new();
    for backend in backends::all(view) {
        let is_traefiks = backend.by == By::Traefik || of_traefik.contains(&backend.from);
        let Some(service) = service_of(view, &backend).filter(|_| is_traefiks) else {
            continue;
        };
        for to in behind(view, ends, service) {
            let ports: Vec<_> = asked(service, &backend)
                .map(|port| target(port, to))
                .collect();
            all.extend(traefiks.iter().map(|from| Conversation {
                route: Some(backend.from.clone()),
                is_missed: true,
                ..between(from, to, ports.clone())
            }));
        }
    }
    all
}

fn service_of<'a>(view: &View<'a>, backend: &Backend<'_>) -> Option<&'a Service> {
    view.get::<Service>(backend.to.namespace(), &backend.to.name)
        .filter(|_| backend.to.kind == "Service")
}

fn asked<'s>(service: &'s Service, backend: &Backend<'_>) -> impl Iterator<Item = &'s ServicePort> {
    let wanted = backend.port.clone();
    service.spec.ports.iter().filter(move |port| match &wanted {
        None => true,
        Some(IntOrString::Int(number)) => port.port == *number,
        Some(IntOrString::Text(name)) => port.name == *name,
    })
}
