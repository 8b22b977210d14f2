//! network/tls-secret-missing: A route or gateway serves TLS with a Secret that does not exist.
//!
//! Ingress controllers then show their default certificate, which no client trusts; a gateway's
//! listener does not come up.
//!
//! Mostly a Certificate should write it: is there one with this `secretName`, in this namespace,
//! and is it ready? Secrets of other namespaces cannot be used.

use shared::facts::kinds::gateway::Gateway;
use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::secret::Secret;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::Findings;
use shared::object::ObjectRef;

use crate::checks::evidence::needed::Needed;
use crate::checks::evidence::{cert_manager, on_its_way, routes, secret_source};

pub(super) const NEEDS: &[Need] = &[
    declared(Kind::Ingress),
    declared(Kind::IngressRoute),
    declared(Kind::IngressRouteTcp),
    declared(Kind::IngressRouteUdp),
    declared(Kind::Gateway),
    declared(Kind::Secret).lookup(),
    live(Kind::Certificate).hint(),
    live(Kind::ExternalSecret).hint(),
    live(Kind::SealedSecret).hint(),
    live(Kind::HelmRelease).hint(),
    live(Kind::Kustomization).hint(),
    live(Kind::Application).hint(),
    declared(Kind::Deployment).hint(),
    declared(Kind::StatefulSet).hint(),
];

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    let mut needed = Needed::default();
    for (secret, from, meta, field) in served(view) {
        if view.get::<Secret>(secret.namespace(), &secret.name).is_none() {
            let needed_by = Meta {
                namespace: secret.namespace().to_owned(),
                ..meta.clone()
            };
            let mut makers = secret_source::makers(view, &needed_by, &secret.name);
            makers.extend(cert_manager::issuing(view));
            needed.add(secret, (from, meta), field, makers);
        }
    }
    needed.report(found, |secret| on_its_way::level_of_missing(view, secret));
}

/// A Secret, who serves TLS with it, that object's metadata, and the field.
type Served<'a> = (ObjectRef, ObjectRef, &'a Meta, &'static str);

/// Each Secret that something serves TLS with, once for each that does.
fn served<'a>(view: &View<'a>) -> Vec<Served<'a>> {
    let secret = |meta: &Meta, name: &str| Kind::Secret.object(&meta.namespace, name);
    let mut all = Vec::new();
    for ingress in view.all::<Ingress>() {
        let meta = &ingress.metadata;
        let tls = ingress.spec.tls.iter().filter(|tls| !tls.secret_name.is_empty());
        all.extend(tls.map(|tls| (secret(meta, &tls.secret_name), ingress.reference(), meta, "spec.tls.secretName")));
    }
    for (from, route) in routes::of_traefik(view) {
        let meta = &route.metadata;
        let tls = route.spec.tls.iter();
        let tls = tls.filter(|tls| !tls.passthrough && !tls.secret_name.is_empty());
        all.extend(tls.map(|tls| (secret(meta, &tls.secret_name), from.clone(), meta, "spec.tls.secretName")));
    }
    for gateway in view.all::<Gateway>() {
        let meta = &gateway.metadata;
        let tls = gateway.spec.listeners.iter().filter_map(|listener| listener.tls.as_ref());
        let refs = tls.flat_map(|tls| &tls.certificate_refs);
        let refs = refs.filter(|to| to.group.is_empty() && matches!(&*to.kind, "" | "Secret"));
        all.extend(refs.map(|to| {
            let namespace = if to.namespace.is_empty() { &meta.namespace } else { &to.namespace };
            (Kind::Secret.object(namespace, &to.name), gateway.reference(), meta, "spec.listeners.tls.certificateRefs")
        }));
    }
    all.dedup_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1));
    all
}
