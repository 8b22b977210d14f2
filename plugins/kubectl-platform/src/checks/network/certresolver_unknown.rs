//! network/certresolver-unknown: A route asks for a certificate resolver that Traefik does not have.
//!
//! Traefik gets no certificate for the route and shows its default one, which no client trusts.
//! Resolvers are part of Traefik's static configuration:
//! `--certificatesresolvers.NAME.acme...`.
//!
//! Name a resolver that exists, or add one; where cert-manager is used, name the Secret of a
//! Certificate instead (`tls.secretName`).

use std::collections::BTreeSet;

use shared::facts::kinds::ingress::Ingress;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;

use crate::checks::evidence::routes::{self, in_vain, traefik};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Ingress),
    declared(Kind::Deployment).lookup(),
    declared(Kind::DaemonSet).lookup(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let traefiks = traefik::all(view);
    let Some(known) = traefik::names_in(&traefiks, "--certificatesresolvers.") else {
        return;
    };
    let of_routes = routes::of_traefik(view).into_iter().map(|(from, route)| {
        let resolver = route.spec.tls.as_ref().map_or("", |tls| &tls.cert_resolver);
        (from, &route.metadata, resolver)
    });
    let of_ingresses = view.all::<Ingress>().iter().map(|ingress| {
        let name = "traefik.ingress.kubernetes.io/router.tls.certresolver";
        (
            ingress.reference(),
            &ingress.metadata,
            ingress.metadata.annotation(name),
        )
    });
    let asked = of_routes.chain(of_ingresses);
    let asked = asked.filter(|(_, _, resolver)| !resolver.is_empty());
    let asked = asked.map(|(from, meta, resolver)| (from, meta, BTreeSet::from([resolver])));
    let thing = ("asks for", "certificate resolver");
    let unknown = in_vain::at_traefik(&traefiks, &known, asked.collect(), thing);
    unknown.tell(found, &traefik::installers(view, &traefiks));
}
