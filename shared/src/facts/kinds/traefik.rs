//! Traefik's routes and middlewares.

use super::super::meta::Meta;
use super::super::wire::wire;
use super::alike::alike;
use super::flux_source::NamedRef;
use super::int_or_string::IntOrString;

wire! {
    /// An IngressRoute, IngressRouteTCP or IngressRouteUDP.
    pub struct RouteFields { pub metadata: Meta, pub spec: RouteSpec, }

    /// `spec` of a route.
    pub struct RouteSpec {
        pub entry_points: Vec<String>,
        pub routes: Vec<Route>,
        pub tls: Option<RouteTls>,
    }

    /// One rule.
    pub struct Route {
        pub r#match: String,
        pub services: Vec<RouteService>,
        pub middlewares: Vec<NamedRef>,
    }

    /// A backend: a Service, or a TraefikService; no namespace means the route's own.
    pub struct RouteService {
        pub kind: String,
        pub name: String,
        pub namespace: String,
        pub port: Option<IntOrString>,
    }

    /// How a route is encrypted.
    pub struct RouteTls {
        pub secret_name: String,
        pub cert_resolver: String,
        pub passthrough: bool,
        pub options: Option<NamedRef>,
    }

    /// A Middleware or MiddlewareTCP.
    pub struct MiddlewareFields { pub metadata: Meta, }
}

alike! {
    /// A route for HTTP.
    IngressRoute: RouteFields,
    /// A route for TCP.
    IngressRouteTcp: RouteFields,
    /// A route for UDP.
    IngressRouteUdp: RouteFields,
    /// What changes HTTP requests on their way.
    Middleware: MiddlewareFields,
    /// What guards TCP connections.
    MiddlewareTcp: MiddlewareFields
}
