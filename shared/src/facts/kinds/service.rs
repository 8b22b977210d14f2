//! Services and the endpoints behind them.

use super::super::meta::{Condition, Meta};
use super::super::pairs::Pairs;
use super::super::wire::wire;
use super::int_or_string::IntOrString;

wire! {
    /// A service.
    pub struct Service {
        pub metadata: Meta,
        pub spec: ServiceSpec,
        pub status: ServiceStatus,
    }

    /// `spec` of a service.
    pub struct ServiceSpec {
        pub r#type: String,
        pub selector: Pairs,
        pub ports: Vec<ServicePort>,
        #[serde(rename = "clusterIP")]
        pub cluster_ip: String,
        pub external_name: String,
        #[serde(rename = "externalIPs")]
        pub external_ips: Vec<String>,
        #[serde(rename = "loadBalancerIP")]
        pub load_balancer_ip: String,
        pub load_balancer_class: String,
        pub external_traffic_policy: String,
        pub publish_not_ready_addresses: bool,
    }

    /// One of a service's ports.
    pub struct ServicePort {
        pub name: String,
        pub port: i64,
        pub target_port: Option<IntOrString>,
        pub node_port: i64,
        pub protocol: String,
    }

    /// `status` of a service.
    pub struct ServiceStatus {
        pub load_balancer: LoadBalancer,
        pub conditions: Vec<Condition>,
    }

    /// The addresses that a load balancer gave; Ingresses carry the same.
    pub struct LoadBalancer { pub ingress: Vec<LoadBalancerIngress>, }

    /// One address.
    pub struct LoadBalancerIngress { pub ip: String, pub hostname: String, }

    /// A slice of a service's endpoints.
    pub struct EndpointSlice {
        pub metadata: Meta,
        pub endpoints: Vec<Endpoint>,
        pub ports: Vec<EndpointPort>,
    }

    /// One endpoint.
    pub struct Endpoint {
        pub addresses: Vec<String>,
        pub conditions: EndpointConditions,
        pub target_ref: Option<TargetRef>,
    }

    /// Whether an endpoint takes traffic; absent `ready` means yes.
    pub struct EndpointConditions {
        pub ready: Option<bool>,
        pub serving: Option<bool>,
        pub terminating: Option<bool>,
    }

    /// The pod behind an endpoint.
    pub struct TargetRef { pub kind: String, pub namespace: String, pub name: String, }

    /// A port that the endpoints of a slice serve.
    pub struct EndpointPort { pub name: String, pub port: i64, }
}
