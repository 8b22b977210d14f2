//! network/route-not-accepted: A gateway does not take a route, or not all of it.
//!
//! The gateway's controller refused the route (its host matches no listener, its namespace may not
//! attach) or could not follow what it names (a Service, or one of another namespace without a
//! ReferenceGrant).
//!
//! The message is the controller's own; `kubectl describe` the route shows it for each parent.

use shared::facts::kinds::gateway::{GrpcRoute, HttpRoute, TcpRoute, TlsRoute};
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::health::Assess;

use crate::checks::evidence::routes::claims;
use crate::checks::evidence::words;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::HttpRoute),
    live(Kind::GrpcRoute),
    live(Kind::TlsRoute),
    live(Kind::TcpRoute),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    each(view, view.all::<HttpRoute>(), found);
    each(view, view.all::<GrpcRoute>(), found);
    each(view, view.all::<TlsRoute>(), found);
    each(view, view.all::<TcpRoute>(), found);
}

fn each<F>(view: &View<'_>, routes: &[F], found: &mut Findings)
where
    F: Assess + std::ops::Deref<Target = shared::facts::kinds::gateway::GatewayRouteFields>,
{
    for route in routes {
        let health = route.health(view.now());
        let Some(finding) = found.unwell(route, &health, words::told(&health)) else {
            continue;
        };
        let meta = &route.metadata;
        let parents = route.spec.parent_refs.iter();
        finding.suspect(parents.map(|parent| claims::parent_gateway(parent, meta)));
        let rules = route.spec.rules.iter().flat_map(|rule| &rule.backend_refs);
        finding.suspect(rules.map(|to| {
            let namespace = meta.namespace_of(&to.namespace);
            Kind::Service.object(namespace, &to.name)
        }));
    }
}
