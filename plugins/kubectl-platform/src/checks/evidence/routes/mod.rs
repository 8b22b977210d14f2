//! Everything that leads requests to Services: Ingresses, Traefik's routes, gateway routes.

pub(in crate::checks) mod backends;
pub(crate) mod claims;
pub(in crate::checks) mod entry_points;
pub(in crate::checks) mod gateway;
pub(in crate::checks) mod in_vain;
mod matchers;
pub(in crate::checks) mod middlewares;
pub(in crate::checks) mod route_options;
pub(crate) mod rule;
pub(in crate::checks) mod rule_syntax;
pub(crate) mod traefik;

use shared::facts::kinds::gateway::{GatewayRouteFields, GrpcRoute, HttpRoute, TcpRoute, TlsRoute};
use shared::facts::kinds::ingress::{Ingress, IngressClass};
use shared::facts::kinds::traefik::{IngressRoute, IngressRouteTcp, IngressRouteUdp, RouteFields};
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// What a check needs that looks at all routes: their kinds, and what it names itself.
macro_rules! routes_and {
    ($($need:expr),* $(,)?) => {
        &[
            shared::facts::declared(shared::facts::Kind::Ingress),
            shared::facts::declared(shared::facts::Kind::IngressRoute),
            shared::facts::declared(shared::facts::Kind::IngressRouteTcp),
            shared::facts::declared(shared::facts::Kind::IngressRouteUdp),
            shared::facts::declared(shared::facts::Kind::HttpRoute),
            shared::facts::declared(shared::facts::Kind::GrpcRoute),
            shared::facts::declared(shared::facts::Kind::TlsRoute),
            shared::facts::declared(shared::facts::Kind::TcpRoute),
            $($need),*
        ]
    };
}
pub(in crate::checks) use routes_and;

/// Traefik's routes, all three kinds: each with its name and what it says.
pub(crate) fn of_traefik<'a>(view: &View<'a>) -> Vec<(ObjectRef, &'a RouteFields)> {
    let http = view
        .all::<IngressRoute>()
        .iter()
        .map(|r| (r.reference(), &r.0));
    let tcp = view
        .all::<IngressRouteTcp>()
        .iter()
        .map(|r| (r.reference(), &r.0));
    let udp = view
        .all::<IngressRouteUdp>()
        .iter()
        .map(|r| (r.reference(), &r.0));
    http.chain(tcp).chain(udp).collect()
}

/// Gateway routes of all kinds: each with its name and what it says.
pub(crate) fn of_gateways<'a>(view: &View<'a>) -> Vec<(ObjectRef, &'a GatewayRouteFields)> {
    let http = view
        .all::<HttpRoute>()
        .iter()
        .map(|r| (r.reference(), &r.0));
    let grpc = view
        .all::<GrpcRoute>()
        .iter()
        .map(|r| (r.reference(), &r.0));
    let tls = view.all::<TlsRoute>().iter().map(|r| (r.reference(), &r.0));
    let tcp = view.all::<TcpRoute>().iter().map(|r| (r.reference(), &r.0));
    http.chain(grpc).chain(tls).chain(tcp).collect()
}

/// The class of an Ingress: the field, or the annotation from before there was one; may be empty.
pub(in crate::checks) fn class_of(ingress: &Ingress) -> &str {
    match &ingress.spec.ingress_class_name {
        Some(name) => name,
        None => ingress.metadata.annotation("kubernetes.io/ingress.class"),
    }
}

/// The controller of an Ingress by its class, empty where that is not known.
///
/// A check that uses this hints at `Kind::IngressClass`.
pub(in crate::checks) fn controller_of<'a>(view: &View<'a>, ingress: &Ingress) -> &'a str {
    let class = view.get::<IngressClass>("", class_of(ingress));
    class.map_or("", |class| class.spec.controller.as_str())
}

/// Every route that Traefik serves: its own, and Ingresses of its classes.
///
/// A check that uses this hints at `Kind::IngressClass`.
pub(in crate::checks) fn served_by_traefik(view: &View<'_>) -> Vec<ObjectRef> {
    let ingresses = view.all::<Ingress>().iter();
    let ingresses =
        ingresses.filter(|ingress| controller_of(view, ingress).starts_with("traefik.io/"));
    let own = of_traefik(view).into_iter().map(|(route, _)| route);
    ingresses.map(Fact::reference).chain(own).collect()
}
