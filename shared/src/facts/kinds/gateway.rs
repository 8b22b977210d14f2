//! The Gateway API.

use super::super::meta::{Condition, Meta};
use super::super::wire::wire;
use super::alike::alike;
use super::present::Present;

wire! {
    /// A class of gateways.
    pub struct GatewayClass {
        pub metadata: Meta,
        pub spec: GatewayClassSpec,
        pub status: GatewayClassStatus,
    }

    /// `spec` of a class.
    pub struct GatewayClassSpec { pub controller_name: String, }

    /// `status` of a class.
    pub struct GatewayClassStatus { pub conditions: Vec<Condition>, }

    /// A gateway.
    pub struct Gateway {
        pub metadata: Meta,
        pub spec: GatewaySpec,
        pub status: GatewayStatus,
    }

    /// `spec` of a gateway.
    pub struct GatewaySpec {
        pub gateway_class_name: String,
        pub addresses: Vec<GatewayAddress>,
        pub listeners: Vec<Listener>,
    }

    /// An address that is asked for or was given.
    pub struct GatewayAddress { pub r#type: String, pub value: String, }

    /// A listener.
    pub struct Listener {
        pub name: String,
        pub hostname: String,
        pub port: i64,
        pub protocol: String,
        pub tls: Option<ListenerTls>,
    }

    /// A listener's certificates.
    pub struct ListenerTls { pub mode: String, pub certificate_refs: Vec<GatewayRef>, }

    /// A reference to an object; no kind means `Secret` for certificates, `Service` for backends.
    pub struct GatewayRef {
        pub group: String,
        pub kind: String,
        pub name: String,
        pub namespace: String,
        pub section_name: String,
        pub port: i64,
        pub weight: Option<i64>,
    }

    /// `status` of a gateway.
    pub struct GatewayStatus {
        pub addresses: Vec<GatewayAddress>,
        pub conditions: Vec<Condition>,
        pub listeners: Vec<ListenerStatus>,
    }

    /// How a listener fares.
    pub struct ListenerStatus {
        pub name: String,
        pub attached_routes: i64,
        pub conditions: Vec<Condition>,
    }

    /// An HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute.
    pub struct GatewayRouteFields {
        pub metadata: Meta,
        pub spec: GatewayRouteSpec,
        pub status: GatewayRouteStatus,
    }

    /// `spec` of a route.
    pub struct GatewayRouteSpec {
        pub hostnames: Vec<String>,
        pub parent_refs: Vec<GatewayRef>,
        pub rules: Vec<GatewayRule>,
    }

    /// One rule; no matches mean all requests.
    pub struct GatewayRule {
        pub matches: Vec<RouteMatch>,
        pub filters: Vec<RouteFilter>,
        pub backend_refs: Vec<GatewayRef>,
    }

    /// What a request must be like: its path, and whether anything else is asked for.
    pub struct RouteMatch {
        pub path: Option<PathMatch>,
        pub method: Present,
        pub headers: Present,
        pub query_params: Present,
    }

    /// A path; no type means `PathPrefix`, no value `/`.
    pub struct PathMatch { pub r#type: String, pub value: String, }

    /// What is done to a request on its way.
    pub struct RouteFilter {
        pub r#type: String,
        pub extension_ref: Option<GatewayRef>,
        pub request_mirror: Option<Mirror>,
    }

    /// Where requests are copied to.
    pub struct Mirror { pub backend_ref: GatewayRef, }

    /// `status` of a route: what each parent says of it.
    pub struct GatewayRouteStatus { pub parents: Vec<RouteParent>, }

    /// What one parent says.
    pub struct RouteParent {
        pub parent_ref: GatewayRef,
        pub controller_name: String,
        pub conditions: Vec<Condition>,
    }
}

alike! {
    /// A route for HTTP.
    HttpRoute: GatewayRouteFields,
    /// A route for gRPC.
    GrpcRoute: GatewayRouteFields,
    /// A route for TLS by server name.
    TlsRoute: GatewayRouteFields,
    /// A route for TCP.
    TcpRoute: GatewayRouteFields
}
