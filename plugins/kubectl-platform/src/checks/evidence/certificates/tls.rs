//! The Secrets that TLS is served with: by whom, for which hosts, and their certificates.
//!
//! A check that uses this needs [`served_and`].

use shared::facts::kinds::gateway::{Gateway, Listener};
use shared::facts::kinds::ingress::{Ingress, IngressTls};
use shared::facts::kinds::secret::Secret;
use shared::facts::kinds::traefik::TlsStore;
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::routes::{self, rule};

/// What a check needs that asks what TLS is served with, and what it names itself.
macro_rules! served_and {
    ($($need:expr),* $(,)?) => {
        &[
            shared::facts::declared(shared::facts::Kind::Ingress),
            shared::facts::declared(shared::facts::Kind::IngressRoute),
            shared::facts::declared(shared::facts::Kind::IngressRouteTcp),
            shared::facts::declared(shared::facts::Kind::IngressRouteUdp),
            shared::facts::declared(shared::facts::Kind::TlsStore),
            shared::facts::declared(shared::facts::Kind::Gateway),
            $($need),*
        ]
    };
}
pub(in crate::checks) use served_and;

/// The key of a Secret with a certificate, and of the private key beside it.
/// See <https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets>.
pub(in crate::checks) const CERTIFICATE: &str = "tls.crt";
/// The private key's.
pub(in crate::checks) const PRIVATE_KEY: &str = "tls.key";

/// A Secret that somebody serves TLS with.
pub(in crate::checks) struct Served<'a> {
    /// The Secret, whether or not it exists.
    pub(in crate::checks) secret: ObjectRef,
    /// Who names it.
    pub(in crate::checks) by: ObjectRef,
    /// That object's metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// In which of its fields.
    pub(in crate::checks) field: &'static str,
    /// The hosts that are to be served with it, as far as they are named; `*.` begins a wildcard.
    pub(in crate::checks) hosts: Vec<String>,
}

/// Each Secret that something serves TLS with, once for each that does.
pub(in crate::checks) fn served<'a>(view: &View<'a>) -> Vec<Served<'a>> {
    let ingresses = view.all::<Ingress>().iter().flat_map(of_ingress);
    let routes = routes::of_traefik(view)
        .into_iter()
        .filter_map(|(by, route)| {
            let tls = route.spec.tls.as_ref()?;
            let rules = route.spec.routes.iter();
            (!tls.passthrough && !tls.secret_name.is_empty()).then(|| Served {
                secret: Kind::Secret.object(&route.metadata.namespace, &tls.secret_name),
                by,
                meta: &route.metadata,
                field: "spec.tls.secretName",
                hosts: rules.flat_map(|rule| rule::hosts(&rule.r#match)).collect(),
            })
        });
    let stores = view.all::<TlsStore>().iter().flat_map(of_store);
    let gateways = view.all::<Gateway>().iter().flat_map(|gateway| {
        let listeners = gateway.spec.listeners.iter();
        listeners.flat_map(|listener| of_listener(gateway, listener))
    });
    ingresses
        .chain(routes)
        .chain(stores)
        .chain(gateways)
        .collect()
}

/// The Secrets that TLS is served with, as far as they exist, each with the first who does.
pub(in crate::checks) fn secrets<'a>(view: &View<'a>) -> Vec<(&'a Secret, ObjectRef)> {
    let mut all = served(view);
    all.sort_by(|a, b| a.secret.cmp(&b.secret));
    all.dedup_by(|later, first| later.secret == first.secret);
    let existing = all.into_iter().filter_map(|one| {
        let secret = view.get::<Secret>(one.secret.namespace(), &one.secret.name)?;
        Some((secret, one.by))
    });
    existing.collect()
}

fn of_ingress(ingress: &Ingress) -> impl Iterator<Item = Served<'_>> {
    let tls = ingress
        .spec
        .tls
        .iter()
        .filter(|tls| !tls.secret_name.is_empty());
    tls.map(|tls| Served {
        secret: Kind::Secret.object(&ingress.metadata.namespace, &tls.secret_name),
        by: ingress.reference(),
        meta: &ingress.metadata,
        field: "spec.tls.secretName",
        hosts: hosts(ingress, tls),
    })
}

/// Without hosts of its own, it is for all of the Ingress.
fn hosts(ingress: &Ingress, tls: &IngressTls) -> Vec<String> {
    if !tls.hosts.is_empty() {
        return tls.hosts.clone();
    }
    let rules = ingress.spec.rules.iter().map(|rule| rule.host.clone());
    rules.filter(|host| !host.is_empty()).collect()
}

fn of_store(store: &TlsStore) -> impl Iterator<Item = Served<'_>> {
    let default = store.spec.default_certificate.iter();
    let default = default.map(|one| (one, "spec.defaultCertificate.secretName"));
    let more = store.spec.certificates.iter();
    let more = more.map(|one| (one, "spec.certificates.secretName"));
    let named = default
        .chain(more)
        .filter(|(one, _)| !one.secret_name.is_empty());
    named.map(|(one, field)| Served {
        secret: Kind::Secret.object(&store.metadata.namespace, &one.secret_name),
        by: store.reference(),
        meta: &store.metadata,
        field,
        hosts: Vec::new(),
    })
}

fn of_listener<'a>(
    gateway: &'a Gateway,
    listener: &'a Listener,
) -> impl Iterator<Item = Served<'a>> {
    let meta = &gateway.metadata;
    let refs = listener.tls.iter().flat_map(|tls| &tls.certificate_refs);
    let refs = refs.filter(|to| to.group.is_empty() && matches!(&*to.kind, "" | "Secret"));
    refs.map(move |to| {
        let namespace = meta.namespace_of(&to.namespace);
        let host = Some(listener.hostname.clone()).filter(|host| !host.is_empty());
        Served {
            secret: Kind::Secret.object(namespace, &to.name),
            by: gateway.reference(),
            meta,
            field: "spec.listeners.tls.certificateRefs",
            hosts: host.into_iter().collect(),
        }
    })
}
