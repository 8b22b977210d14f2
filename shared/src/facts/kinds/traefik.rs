//! Traefik's routes and middlewares.

use super::super::meta::Meta;
use super::super::wire::wire;
use super::alike::alike;
use super::flux_source::NamedRef;
use super::int_or_string::IntOrString;
use super::references::ServiceHosts;

wire! {
    /// An IngressRoute, IngressRouteTCP or IngressRouteUDP.
    pub struct RouteFields { pub metadata: Meta, pub spec: RouteSpec, }

    /// `spec` of a route.
    pub struct RouteSpec {
        pub entry_points: Vec<String>,
        pub routes: Vec<Route>,
        pub tls: Option<RouteTls>,
    }

    /// One rule; a priority of 0 means the length of the rule.
    pub struct Route {
        pub r#match: String,
        pub syntax: String,
        pub priority: i64,
        pub services: Vec<RouteService>,
        pub middlewares: Vec<NamedRef>,
    }

    /// A backend: a Service, or a TraefikService; no namespace means the route's own.
    pub struct RouteService {
        pub kind: String,
        pub name: String,
        pub namespace: String,
        pub port: Option<IntOrString>,
        pub servers_transport: String,
    }

    /// How a route is encrypted.
    pub struct RouteTls {
        pub secret_name: String,
        pub cert_resolver: String,
        pub passthrough: bool,
        pub options: Option<NamedRef>,
    }

    /// A Middleware or MiddlewareTCP: what of it refers to other objects.
    pub struct MiddlewareFields { pub metadata: Meta, pub spec: MiddlewareSpec, }

    /// `spec` of a middleware: one of its kinds.
    pub struct MiddlewareSpec {
        pub chain: Option<Chain>,
        pub errors: Option<ErrorPages>,
        pub forward_auth: Option<ForwardAuth>,
        pub basic_auth: Option<UserList>,
        pub digest_auth: Option<UserList>,
    }

    /// Middlewares one after the other.
    pub struct Chain { pub middlewares: Vec<NamedRef>, }

    /// Who answers in place of an error.
    pub struct ErrorPages { pub service: RouteService, }

    /// Who is asked whether a request may pass: the Services that its URL names.
    pub struct ForwardAuth { #[serde(rename = "address")] pub services: ServiceHosts, }

    /// The name of the Secret that holds users and passwords.
    pub struct UserList { pub secret: String, }

    /// A service that is made of others.
    pub struct TraefikService { pub metadata: Meta, pub spec: TraefikServiceSpec, }

    /// `spec` of such a service: one of its kinds.
    pub struct TraefikServiceSpec {
        pub weighted: Option<Weighted>,
        pub mirroring: Option<Mirroring>,
    }

    /// Requests are spread.
    pub struct Weighted { pub services: Vec<RouteService>, }

    /// Requests are copied.
    pub struct Mirroring {
        pub kind: String,
        pub name: String,
        pub namespace: String,
        pub port: Option<IntOrString>,
        pub mirrors: Vec<RouteService>,
    }

    /// How Traefik talks to the servers behind it.
    pub struct ServersTransport { pub metadata: Meta, pub spec: ServersTransportSpec, }

    /// `spec` of it: the Secrets with the authorities it trusts (before and since Traefik 3), and with its
    /// own certificates.
    pub struct ServersTransportSpec {
        #[serde(rename = "rootCAsSecrets")]
        pub root_cas_secrets: Vec<String>,
        #[serde(rename = "rootCAs")]
        pub root_cas: Vec<RootCa>,
        pub certificates_secrets: Vec<String>,
    }

    /// An authority, by the name of a Secret or ConfigMap.
    pub struct RootCa { pub secret: String, }

    /// Options of TLS connections.
    pub struct TlsOption { pub metadata: Meta, }

    /// The certificates that Traefik shows for every route.
    pub struct TlsStore { pub metadata: Meta, pub spec: TlsStoreSpec, }

    /// `spec` of a store.
    pub struct TlsStoreSpec {
        pub default_certificate: Option<StoredCertificate>,
        pub certificates: Vec<StoredCertificate>,
    }

    /// A certificate by the name of its Secret, in the store's namespace.
    pub struct StoredCertificate { pub secret_name: String, }
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
