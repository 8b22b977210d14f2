//! network/gateway-takes-no-route: A gateway refuses all routes that ask for it.
//!
//! Several routes name the gateway, and none of them is accepted, all for the same reason: its listeners
//! allow no route of these namespaces or kinds, or have other hosts.
//!
//! Compare the listeners' `allowedRoutes` and `hostname` with the routes:
//! `kubectl describe gateway NAME -n NAMESPACE`.

use std::collections::BTreeMap;

use shared::facts::kinds::gateway::Gateway;
use shared::facts::meta::condition;
use shared::facts::{Kind, Need, View, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::routes;
use crate::checks::evidence::routes::claims::parent_gateway;
use crate::checks::evidence::services::users;
use crate::checks::evidence::words::remedy;

pub(super) const NEEDS: &[Need] = &[
    live(Kind::Gateway),
    live(Kind::HttpRoute),
    live(Kind::GrpcRoute),
    live(Kind::TlsRoute),
    live(Kind::TcpRoute),
];

/// What depends on the listeners as much as on the route.
const REASONS: &[&str] = &["NotAllowedByListeners", "NoMatchingListenerHostname"];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut asked: BTreeMap<ObjectRef, Vec<(ObjectRef, &str)>> = BTreeMap::new();
    for (object, route) in routes::of_gateways(view) {
        for parent in &route.status.parents {
            let gateway = parent_gateway(&parent.parent_ref, &route.metadata);
            let refused = condition(&parent.conditions, "Accepted").filter(|c| c.is_false());
            let reason = refused.map_or("", |refused| refused.reason.as_str());
            asked
                .entry(gateway)
                .or_default()
                .push((object.clone(), reason));
        }
    }
    for (object, routes) in asked {
        let Some(gateway) = view.get::<Gateway>(object.namespace(), &object.name) else {
            continue;
        };
        let [(first, reason), others @ ..] = routes.as_slice() else {
            continue;
        };
        let is_one = |(other, why): &(ObjectRef, &str)| other != first && why == reason;
        if REASONS.contains(reason) && !others.is_empty() && others.iter().all(is_one) {
            let all: Vec<_> = routes.iter().map(|(route, _)| route.clone()).collect();
            let told = format!(
                "takes none of its routes: {reason}: {}",
                users::listed(&all)
            );
            found.error(gateway, told).remedy(remedy::describe(&object));
        }
    }
}
