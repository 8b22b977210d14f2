//! network/route-unwatched: Traefik was told not to look where a route is.
//!
//! It watches only some namespaces (`--providers.kubernetescrd.namespaces`), only routes of one class
//! (`--providers.kubernetescrd.ingressclass`), or its own kinds not at all (without
//! `--providers.kubernetescrd`). The route is not served, and nothing says so.
//!
//! Change Traefik's arguments, or give the route the annotation `kubernetes.io/ingress.class` that
//! Traefik asks for.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::routes::{self, traefik};
use crate::checks::evidence::services::users;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    // Of several each may have routes of its own.
    let [traefik] = traefiks.as_slice() else {
        return;
    };
    let mut all = Vec::new();
    let mut by_namespace = Vec::new();
    for (from, route) in routes::of_traefik(view) {
        match traefik.blind_to(&route.metadata) {
            Some(traefik::Blind::Kind) => all.push(from),
            Some(traefik::Blind::Namespace) => by_namespace.push(from),
            Some(traefik::Blind::Class(class)) => {
                let told = format!(
                    "is not of the class {class}, which is all that {} serves",
                    traefik.object
                );
                let finding = found.about_read(Level::Error, from.clone(), &route.metadata, told);
                finding.remedy(remedy::describe(&from));
            }
            None => {}
        }
    }
    let told = [
        (
            all,
            "was not told to watch its own kinds (--providers.kubernetescrd), so that it does not serve",
        ),
        (
            by_namespace,
            "watches only some namespaces (--providers.kubernetescrd.namespaces), so that it does not serve",
        ),
    ];
    for (routes, why) in told.into_iter().filter(|(routes, _)| !routes.is_empty()) {
        let message = format!("{why} {}", users::listed(&routes));
        let finding = found.missing(Level::Error, traefik.object.clone(), message);
        finding
            .suspect(traefik::installers(view, &traefiks))
            .remedy(remedy::describe(&traefik.object));
    }
}
