//! network/middleware-missing: A route goes through a middleware that does not exist.
//!
//! Traefik does not serve the route at all then: requests are answered with 404. Without a
//! namespace a Middleware of the route's own is meant; an annotation of an Ingress names it
//! `NAMESPACE-NAME@kubernetescrd`.
//!
//! Compare with `kubectl get middlewares -A`.

use shared::facts::kinds::traefik::{Middleware, MiddlewareTcp};
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::routes::middlewares;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Ingress),
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Middleware).named(),
    declared(Kind::MiddlewareTcp).named(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for (middleware, from, meta, field) in middlewares::asked(view) {
        let (namespace, name) = (middleware.namespace(), middleware.name.as_str());
        let exists = if middleware.kind == Kind::Middleware.name() {
            view.get::<Middleware>(namespace, name).is_some()
        } else {
            view.get::<MiddlewareTcp>(namespace, name).is_some()
        };
        if !exists {
            let makers = applier::appliers(view, meta);
            needed.add(middleware, (from, meta), field, makers);
        }
    }
    needed.report(found, needed::always);
}
