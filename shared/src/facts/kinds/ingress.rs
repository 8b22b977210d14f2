//! Ingresses and their classes.

use super::super::meta::Meta;
use super::super::wire::wire;
use super::service::LoadBalancer;

wire! {
    /// An ingress.
    pub struct Ingress {
        pub metadata: Meta,
        pub spec: IngressSpec,
        pub status: IngressStatus,
    }

    /// `spec` of an ingress.
    pub struct IngressSpec {
        pub ingress_class_name: Option<String>,
        pub default_backend: Option<IngressBackend>,
        pub tls: Vec<IngressTls>,
        pub rules: Vec<IngressRule>,
    }

    /// A backend.
    pub struct IngressBackend { pub service: Option<IngressService>, }

    /// A backend's service.
    pub struct IngressService { pub name: String, pub port: IngressPort, }

    /// A backend's port: by name or by number.
    pub struct IngressPort { pub name: String, pub number: i64, }

    /// The hosts that a Secret's certificate serves.
    pub struct IngressTls { pub hosts: Vec<String>, pub secret_name: String, }

    /// The paths of a host.
    pub struct IngressRule { pub host: String, pub http: Option<IngressHttp>, }

    /// The paths.
    pub struct IngressHttp { pub paths: Vec<IngressPath>, }

    /// One path.
    pub struct IngressPath { pub path: String, pub path_type: String, pub backend: IngressBackend, }

    /// `status` of an ingress.
    pub struct IngressStatus { pub load_balancer: LoadBalancer, }

    /// An ingress class.
    pub struct IngressClass { pub metadata: Meta, pub spec: IngressClassSpec, }

    /// `spec` of an ingress class.
    pub struct IngressClassSpec { pub controller: String, }
}
