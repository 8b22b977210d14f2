//! network/route-option-missing: A route names a TLSOption or ServersTransport that does not exist.
//!
//! Traefik does not serve a route whose TLS options it cannot find, and cannot reach the servers of
//! one whose ServersTransport it cannot find: requests are answered with 404 or 500.
//!
//! Correct the name; without a namespace an object of the route's own is meant.

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::traefik::{ServersTransport, TlsOption};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::needed::{self, Needed};
use crate::checks::evidence::{applier, routes};

/// Where an Ingress names TLS options.
const OPTIONS: &str = "traefik.ingress.kubernetes.io/router.tls.options";

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Ingress),
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp).hint(),
    declared(Kind::IngressRouteUdp).hint(),
    declared(Kind::TlsOption).lookup(),
    declared(Kind::ServersTransport).lookup(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for (from, route) in routes::of_traefik(view) {
        let meta = &route.metadata;
        let tls = route.spec.tls.as_ref().and_then(|tls| tls.options.as_ref());
        let options = tls.filter(|options| !options.name.is_empty() && !options.name.contains('@'));
        if let Some(options) = options {
            let namespace = match options.namespace.as_str() {
                "" => &meta.namespace,
                named => named,
            };
            // Every Traefik has options of this name, whether or not somebody wrote them.
            let is_built_in = options.name == "default" && options.namespace.is_empty();
            if !is_built_in && view.get::<TlsOption>(namespace, &options.name).is_none() {
                let missing = Kind::TlsOption.object(namespace, &options.name);
                needed.add(
                    missing,
                    (from.clone(), meta),
                    "spec.tls.options",
                    applier::appliers(view, meta),
                );
            }
        }
        // The transports of TCP routes are of another kind.
        let services = route.spec.routes.iter().flat_map(|rule| &rule.services);
        for name in services.map(|service| service.servers_transport.as_str()) {
            let is_own =
                from.kind == Kind::IngressRoute.name() && !name.is_empty() && !name.contains('@');
            if is_own
                && view
                    .get::<ServersTransport>(&meta.namespace, name)
                    .is_none()
            {
                let missing = Kind::ServersTransport.object(&meta.namespace, name);
                let field = "spec.routes.services.serversTransport";
                needed.add(
                    missing,
                    (from.clone(), meta),
                    field,
                    applier::appliers(view, meta),
                );
            }
        }
    }
    for ingress in view.all::<Ingress>() {
        let meta = &ingress.metadata;
        let Some(joined) = meta.annotation(OPTIONS).strip_suffix("@kubernetescrd") else {
            continue;
        };
        // Where the namespace ends cannot be told: one that exists is meant, else one of its own.
        let mut known = view.all::<TlsOption>().iter().map(|one| &one.metadata);
        let own = joined
            .strip_prefix(meta.namespace.as_str())
            .and_then(|rest| rest.strip_prefix('-'));
        let own = own
            .map(|name| (meta.namespace.as_str(), name))
            .or_else(|| joined.split_once('-'));
        if let Some((namespace, name)) = own
            && !known.any(|known| joined == format!("{}-{}", known.namespace, known.name))
        {
            let missing = Kind::TlsOption.object(namespace, name);
            let by = (ingress.reference(), meta);
            needed.add(missing, by, OPTIONS, applier::appliers(view, meta));
        }
    }
    needed.report(found, needed::always);
}
