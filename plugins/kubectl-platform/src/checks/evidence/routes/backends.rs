//! Where routes lead: each Service, port and TraefikService that one names.
//!
//! A check that uses this needs [`super::routes_and`], and hints at `Kind::TraefikService`
//! and `Kind::Middleware`.

use shared::facts::kinds::gateway::{GatewayRef, GatewayRule};
use shared::facts::kinds::ingress::{Ingress, IngressService};
use shared::facts::kinds::int_or_string::IntOrString;
use shared::facts::kinds::traefik::{Middleware, RouteService, TraefikService};
use shared::facts::meta::Meta;
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use crate::checks::evidence::routes;

/// Who follows the reference: each has rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checks) enum By {
    /// A controller of Ingresses.
    Ingress,
    /// Traefik's own kinds.
    Traefik,
    /// A controller of the Gateway API.
    Gateway,
}

/// One reference of a route (or of what a route goes through) to where requests go.
pub(in crate::checks) struct Backend<'a> {
    /// The object that names it.
    pub(in crate::checks) from: ObjectRef,
    /// That object's metadata.
    pub(in crate::checks) meta: &'a Meta,
    /// The field that names it.
    pub(in crate::checks) field: &'static str,
    /// Who follows it.
    pub(in crate::checks) by: By,
    /// The Service or TraefikService.
    pub(in crate::checks) to: ObjectRef,
    /// The port, by name or number.
    pub(in crate::checks) port: Option<IntOrString>,
}

impl Backend<'_> {
    /// The controller of the Ingress that names it; empty where it is none's.
    ///
    /// A check that uses this hints at `Kind::IngressClass`.
    pub(in crate::checks) fn controller<'v>(&self, view: &View<'v>) -> &'v str {
        let ingress = view.get::<Ingress>(self.from.namespace(), &self.from.name);
        let ingress = ingress.filter(|_| self.by == By::Ingress);
        ingress.map_or("", |ingress| routes::controller_of(view, ingress))
    }
}

/// All references to Services and TraefikServices. What has another provider (`api@internal`), or
/// is of another kind, is left out.
pub(in crate::checks) fn all<'a>(view: &View<'a>) -> Vec<Backend<'a>> {
    let mut all = Vec::new();
    for ingress in view.all::<Ingress>() {
        all.extend(of_ingress(ingress));
    }
    for (from, route) in routes::of_traefik(view) {
        let services = route.spec.routes.iter().flat_map(|rule| &rule.services);
        all.extend(services.filter_map(|service| {
            by_traefik(&from, &route.metadata, "spec.routes.services", service)
        }));
    }
    for service in view.all::<TraefikService>() {
        let from = service.reference();
        let of_kind = members(service);
        all.extend(
            of_kind
                .iter()
                .filter_map(|to| by_traefik(&from, &service.metadata, "spec", to)),
        );
    }
    for middleware in view.all::<Middleware>() {
        let from = middleware.reference();
        let pages = middleware.spec.errors.iter().map(|errors| &errors.service);
        all.extend(
            pages.filter_map(|to| {
                by_traefik(&from, &middleware.metadata, "spec.errors.service", to)
            }),
        );
    }
    for (from, route) in routes::of_gateways(view) {
        let refs = route.spec.rules.iter().flat_map(refs_of_rule);
        all.extend(refs.filter_map(|to| by_gateway(&from, &route.metadata, to)));
    }
    all
}

fn of_ingress(ingress: &Ingress) -> impl Iterator<Item = Backend<'_>> {
    let from = ingress.reference();
    let http = ingress
        .spec
        .rules
        .iter()
        .filter_map(|rule| rule.http.as_ref());
    let paths = http.flat_map(|http| &http.paths);
    let paths = paths.map(|path| ("spec.rules", &path.backend));
    let default = ingress.spec.default_backend.iter();
    let backends = paths.chain(default.map(|backend| ("spec.defaultBackend", backend)));
    let services = backends.filter_map(|(field, backend)| Some((field, backend.service.as_ref()?)));
    services.map(move |(field, IngressService { name, port })| Backend {
        from: from.clone(),
        meta: &ingress.metadata,
        field,
        by: By::Ingress,
        to: Kind::Service.object(&ingress.metadata.namespace, name),
        port: Some(if port.name.is_empty() {
            IntOrString::Int(port.number)
        } else {
            IntOrString::Text(port.name.clone())
        }),
    })
}

fn members(service: &TraefikService) -> Vec<RouteService> {
    let weighted = service
        .spec
        .weighted
        .iter()
        .flat_map(|weighted| &weighted.services);
    let mirroring = service.spec.mirroring.iter();
    let mirrors = mirroring.clone().flat_map(|mirroring| &mirroring.mirrors);
    let main = mirroring.map(|mirroring| RouteService {
        kind: mirroring.kind.clone(),
        name: mirroring.name.clone(),
        namespace: mirroring.namespace.clone(),
        port: mirroring.port.clone(),
        servers_transport: String::new(),
    });
    weighted.chain(mirrors).cloned().chain(main).collect()
}

fn by_traefik<'a>(
    from: &ObjectRef,
    meta: &'a Meta,
    field: &'static str,
    to: &RouteService,
) -> Option<Backend<'a>> {
    let kind = match to.kind.as_str() {
        "" | "Service" => Kind::Service,
        "TraefikService" => Kind::TraefikService,
        _ => return None,
    };
    let namespace = meta.namespace_of(&to.namespace);
    (!to.name.is_empty() && !to.name.contains('@')).then(|| Backend {
        from: from.clone(),
        meta,
        field,
        by: By::Traefik,
        to: kind.object(namespace, &to.name),
        port: to.port.clone(),
    })
}

fn refs_of_rule(rule: &GatewayRule) -> impl Iterator<Item = &GatewayRef> {
    let mirrors = rule
        .filters
        .iter()
        .filter_map(|filter| filter.request_mirror.as_ref());
    let mirrors = mirrors.map(|mirror| &mirror.backend_ref);
    rule.backend_refs.iter().chain(mirrors)
}

/// A weight of 0 takes no requests: nothing is lost where it does not exist.
fn by_gateway<'a>(from: &ObjectRef, meta: &'a Meta, to: &GatewayRef) -> Option<Backend<'a>> {
    let is_service = to.group.is_empty() && matches!(to.kind.as_str(), "" | "Service");
    let namespace = meta.namespace_of(&to.namespace);
    (is_service && to.weight != Some(0)).then(|| Backend {
        from: from.clone(),
        meta,
        field: "spec.rules.backendRefs",
        by: By::Gateway,
        to: Kind::Service.object(namespace, &to.name),
        port: (to.port != 0).then_some(IntOrString::Int(to.port)),
    })
}
