//! What Traefik's routes name besides Services and middlewares: TLS options, and transports to servers.
//!
//! A check that uses this needs the kinds of Traefik's routes, `Ingress`, `TlsOption` and
//! `ServersTransport`.

use shared::facts::kinds::ingress::Ingress;
use shared::facts::kinds::traefik::{RouteFields, ServersTransport, TlsOption};
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::routes;

/// Where an Ingress names TLS options.
const OPTIONS: &str = "traefik.ingress.kubernetes.io/router.tls.options";

/// An option or a transport that is named and is not there.
pub(in crate::checks) struct Absent<'a> {
    /// What is not there.
    pub(in crate::checks) object: ObjectRef,
    /// What names it.
    pub(in crate::checks) by: ObjectRef,
    /// That object's metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// Where.
    pub(in crate::checks) field: &'static str,
}

/// All that are not there.
pub(in crate::checks) fn absent<'a>(view: &View<'a>) -> Vec<Absent<'a>> {
    let mut all = Vec::new();
    for (from, route) in routes::of_traefik(view) {
        let meta = &route.metadata;
        let absent = |object, field| Absent {
            object,
            by: from.clone(),
            meta,
            field,
        };
        let options = absent_options(view, route);
        all.extend(options.map(|object| absent(object, "spec.tls.options")));
        // The transports of TCP routes are of another kind.
        if from.kind == Kind::IngressRoute.name() {
            let transports = absent_transports(view, route);
            let field = "spec.routes.services.serversTransport";
            all.extend(transports.map(|object| absent(object, field)));
        }
    }
    for ingress in view.all::<Ingress>() {
        all.extend(options_of(view, ingress).map(|object| Absent {
            object,
            by: ingress.reference(),
            meta: &ingress.metadata,
            field: OPTIONS,
        }));
    }
    all
}

/// Whether a name is one of an object in the cluster, not of another provider (`@file`).
fn is_own(name: &str) -> bool {
    !name.is_empty() && !name.contains('@')
}

fn absent_options(view: &View<'_>, route: &RouteFields) -> Option<ObjectRef> {
    let options = route.spec.tls.as_ref()?.options.as_ref()?;
    let namespace = route.metadata.namespace_of(&options.namespace);
    // Every Traefik has options of this name, whether or not somebody wrote them.
    let is_built_in = options.name == "default" && options.namespace.is_empty();
    let is_absent = is_own(&options.name)
        && !is_built_in
        && view.get::<TlsOption>(namespace, &options.name).is_none();
    is_absent.then(|| Kind::TlsOption.object(namespace, &options.name))
}

fn absent_transports(view: &View<'_>, route: &RouteFields) -> impl Iterator<Item = ObjectRef> {
    let namespace = route.metadata.namespace.as_str();
    let services = route.spec.routes.iter().flat_map(|rule| &rule.services);
    let names = services.map(|service| service.servers_transport.as_str());
    let absent = names.filter(move |name| {
        is_own(name) && view.get::<ServersTransport>(namespace, name).is_none()
    });
    absent.map(move |name| Kind::ServersTransport.object(namespace, name))
}

/// The options that an Ingress names as `NAMESPACE-NAME@kubernetescrd`. Where the namespace ends cannot
/// be told: one that exists is meant, else one of its own.
fn options_of(view: &View<'_>, ingress: &Ingress) -> Option<ObjectRef> {
    let meta = &ingress.metadata;
    let joined = meta.annotation(OPTIONS).strip_suffix("@kubernetescrd")?;
    let mut known = view.all::<TlsOption>().iter().map(|one| &one.metadata);
    let is_there = known.any(|known| joined == format!("{}-{}", known.namespace, known.name));
    let own = joined.strip_prefix(meta.namespace.as_str());
    let own = own.and_then(|rest| Some((meta.namespace.as_str(), rest.strip_prefix('-')?)));
    let (namespace, name) = own.or_else(|| joined.split_once('-'))?;
    (!is_there).then(|| Kind::TlsOption.object(namespace, name))
}
