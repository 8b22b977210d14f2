//! network/cross-namespace-refused: A route names an object where Traefik does not follow it.
//!
//! The object is in another namespace. Unless it was told otherwise, Traefik takes Services and
//! Middlewares of the route's own namespace only, and does not serve the route.
//!
//! Move the route to the Service's namespace and the Middleware beside it, or start Traefik with
//! `--providers.kubernetescrd.allowCrossNamespace=true`.

use shared::facts::{Kind, Need, View, declared};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::{self, traefik};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    if !traefik::refuse(&traefiks, "--providers.kubernetescrd.allowcrossnamespace") {
        return;
    }
    for (from, route) in routes::of_traefik(view) {
        let rules = &route.spec.routes;
        let services = rules.iter().flat_map(|rule| &rule.services);
        let services = services.map(|to| ("Service", &to.namespace, &to.name));
        let middlewares = rules.iter().flat_map(|rule| &rule.middlewares);
        let middlewares = middlewares.map(|to| ("Middleware", &to.namespace, &to.name));
        let own = &route.metadata.namespace;
        let mut others = services
            .chain(middlewares)
            .filter(|(_, namespace, _)| !namespace.is_empty() && *namespace != own);
        if let Some((kind, namespace, name)) = others.next() {
            let told = format!(
                "names {kind} {namespace}/{name} of another namespace, which Traefik ({}) does not allow",
                traefik::named(&traefiks)
            );
            found.about_read(Level::Error, from, &route.metadata, told);
        }
    }
}
