//! network/gateway-missing: A route hangs on a gateway, or a listener, that does not exist.
//!
//! No controller takes the route: its hosts are not served, and mostly nobody writes so into its
//! status.
//!
//! Compare `spec.parentRefs` (name, namespace, `sectionName`) with `kubectl get gateways -A`.
//! Without a namespace a gateway of the route's own namespace is meant.

use shared::facts::kinds::gateway::Gateway;
use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::routes::in_vain::{Asking, InVain};
use crate::checks::evidence::routes::{self, claims};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::HttpRoute),
    declared(Kind::GrpcRoute),
    declared(Kind::TlsRoute),
    declared(Kind::TcpRoute),
    declared(Kind::Gateway).lookup(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    let mut unknown = InVain::default();
    for (from, route) in routes::of_gateways(view) {
        let meta = &route.metadata;
        let gateways = route.spec.parent_refs.iter();
        for parent in gateways.filter(|parent| matches!(&*parent.kind, "" | "Gateway")) {
            let object = claims::parent_gateway(parent, meta);
            let Some(gateway) = view.get::<Gateway>(object.namespace(), &object.name) else {
                let makers = applier::appliers(view, meta);
                needed.add(object, (from.clone(), meta), "spec.parentRefs", makers);
                continue;
            };
            let section = parent.section_name.as_str();
            let listeners = &gateway.spec.listeners;
            if section.is_empty() || listeners.iter().any(|one| one.name == section) {
                unknown.served.push(object);
                continue;
            }
            let has: Vec<_> = listeners.iter().map(|one| one.name.as_str()).collect();
            let has = has.join(", ");
            let wanted = format!("listener {section}");
            unknown.asking.push(Asking {
                from: from.clone(),
                meta,
                level: Level::Error,
                told: format!("spec.parentRefs names the {wanted} of {object}, which has {has}"),
                of: object,
                wanted,
                has,
            });
        }
    }
    unknown.tell(found, &[]);
    needed.report(found, needed::always);
}
