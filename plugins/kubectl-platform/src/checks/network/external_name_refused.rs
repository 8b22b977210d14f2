//! network/external-name-refused: A route leads to an ExternalName Service, and Traefik refuses it.
//!
//! Unless it was told otherwise, Traefik serves no route that leads to another host by name.
//!
//! Start Traefik with `--providers.kubernetescrd.allowExternalNameServices=true` (of Ingresses:
//! `--providers.kubernetesingress.allowExternalNameServices=true`), or make a Service without
//! selector and an EndpointSlice with the address.

use shared::facts::kinds::service::Service;
use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::backends::{self, By};
use crate::checks::evidence::routes::routes_and;
use crate::checks::evidence::routes::traefik;

pub(super) const NEEDS: &[Need] = routes_and![
    declared(Kind::Service).lookup(),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
    declared(Kind::IngressClass).hint(),
    declared(Kind::TraefikService).hint(),
    declared(Kind::Middleware).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    for backend in backends::all(view) {
        let service = view.get::<Service>(backend.to.namespace(), &backend.to.name);
        if service.is_none_or(|service| service.spec.r#type != "ExternalName") {
            continue;
        }
        let provider = match backend.by {
            By::Traefik => "--providers.kubernetescrd.allowexternalnameservices",
            By::Ingress if backend.controller(view).starts_with("traefik.io/") => {
                "--providers.kubernetesingress.allowexternalnameservices"
            }
            By::Ingress | By::Gateway => continue,
        };
        if traefik::refuse(&traefiks, provider) {
            let told = format!(
                "leads to {} of type ExternalName, which Traefik ({}) does not allow",
                backend.to,
                traefik::named(&traefiks)
            );
            found.about_read(Level::Error, backend.from, backend.meta, told);
        }
    }
}
