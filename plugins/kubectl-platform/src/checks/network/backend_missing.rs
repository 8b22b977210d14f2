//! network/backend-missing: A route leads to a Service that does not exist.
//!
//! Requests that it takes are answered with an error (404, 502 or 503), whatever else is well.
//!
//! Compare the name (and the namespace, where the route gives one) with
//! `kubectl get services -n NAMESPACE`. If it was never made, look at what should have applied it.

use shared::facts::kinds::service::Service;
use shared::facts::kinds::traefik::TraefikService;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::routes::backends;
use crate::checks::evidence::routes::routes_and;
use crate::checks::evidence::services::made;

pub(super) const NEEDS: &[Need] = routes_and![
    declared(Kind::Service).lookup(),
    declared(Kind::TraefikService).hint(),
    declared(Kind::Middleware).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for backend in backends::all(view) {
        let (namespace, name) = (backend.to.namespace(), backend.to.name.as_str());
        let exists = if backend.to.kind == Kind::TraefikService.name() {
            view.get::<TraefikService>(namespace, name).is_some() || !view.knows::<TraefikService>()
        } else {
            view.get::<Service>(namespace, name).is_some()
        };
        if !exists {
            let mut makers = applier::appliers(view, backend.meta);
            makers.extend(made::owners(&backend.to));
            needed.add(
                backend.to,
                (backend.from, backend.meta),
                backend.field,
                makers,
            );
        }
    }
    needed.report(found, needed::always);
}
