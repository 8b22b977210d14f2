//! network/route-option-missing: A route names a TLSOption or ServersTransport that does not exist.
//!
//! Traefik does not serve a route whose TLS options it cannot find, and cannot reach the servers of
//! one whose ServersTransport it cannot find: requests are answered with 404 or 500.
//!
//! Correct the name; without a namespace an object of the route's own is meant.

use shared::facts::{Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::flux::applier;
use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::routes::route_options;

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Ingress),
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp).hint(),
    declared(Kind::IngressRouteUdp).hint(),
    declared(Kind::TlsOption).named(),
    declared(Kind::ServersTransport).named(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for absent in route_options::absent(view) {
        let makers = applier::appliers(view, absent.meta);
        let by = (absent.by, absent.meta);
        needed.add(absent.object, by, absent.field, makers);
    }
    needed.report(found, needed::always);
}
