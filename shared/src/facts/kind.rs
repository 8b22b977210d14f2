//! The one table of the kinds that have a struct: their names, versions and places.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::kinds::{
    address_pool, api, apps, argo, batch, bgp, cert_manager, core, custom, flux_apply, flux_source,
    gateway, helm_controller, ingress, network_policy, node, pod, scaling, secret, secret_sync,
    service, storage, traefik,
};
use super::listing::{Gap, Listing};
use super::meta::Meta;
use crate::object::{ObjectRef, group_of};

/// Whether objects of a kind live in a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// They do.
    Namespaced,
    /// They belong to the whole cluster.
    Cluster,
}

/// An object of a kind that checks may ask for.
pub trait Fact: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its kind.
    const KIND: Kind;

    /// Its metadata.
    fn meta(&self) -> &Meta;

    /// Its metadata, for the reader to complete.
    fn meta_mut(&mut self) -> &mut Meta;

    /// The list of its kind.
    fn listing(lists: &Lists) -> &Listing<Self>;

    /// The list of its kind, for the reader to fill.
    fn listing_mut(lists: &mut Lists) -> &mut Listing<Self>;

    /// The object among objects of other kinds.
    fn into_any(self) -> AnyFact;

    /// The name by which findings point at it.
    fn reference(&self) -> ObjectRef {
        let meta = self.meta();
        ObjectRef::new(
            meta.api_version.clone(),
            meta.kind.clone(),
            &meta.namespace,
            meta.name.clone(),
        )
    }
}

macro_rules! kinds {
    ($($id:ident : $type:ty = $name:literal $plural:literal $scope:ident [$($api:literal),*];)*) => {
        /// A kind that has a struct, or `Custom` for all others.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the kinds are the API's own")]
        pub enum Kind { $($id),* }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$id),*];

            /// The kind's name in manifests.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$id => $name),* }
            }

            /// The name in the API's paths and in RBAC rules.
            pub const fn plural(self) -> &'static str {
                match self { $(Self::$id => $plural),* }
            }

            /// Whether objects of the kind live in a namespace.
            pub const fn scope(self) -> Scope {
                match self { $(Self::$id => Scope::$scope),* }
            }

            /// The group versions that the struct is right for; of each group the best first.
            pub const fn apis(self) -> &'static [&'static str] {
                match self { $(Self::$id => &[$($api),*]),* }
            }
        }

        /// What is known of every kind.
        #[derive(Default)]
        #[allow(non_snake_case, missing_docs, reason = "a field is named as its kind")]
        pub struct Lists { $(pub $id: Listing<$type>),* }

        /// An object of any kind.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "the kinds are the API's own")]
        pub enum AnyFact { $($id(Box<$type>)),* }

        impl AnyFact {
            /// Its metadata.
            pub fn meta(&self) -> &Meta {
                match self { $(Self::$id(fact) => fact.meta()),* }
            }

            /// Its metadata, for the reader to complete.
            pub fn meta_mut(&mut self) -> &mut Meta {
                match self { $(Self::$id(fact) => fact.meta_mut()),* }
            }
        }

        impl AnyFact {
            pub(super) fn put_into(self, lists: &mut Lists) {
                match self { $(Self::$id(fact) => super::sorted::put(&mut lists.$id.items, *fact)),* }
            }

            pub(super) fn remove_from(&self, lists: &mut Lists) {
                match self { $(Self::$id(fact) => super::sorted::remove(&mut lists.$id.items, fact)),* }
            }
        }

        impl Lists {
            /// Adds an object to the list of its kind.
            pub fn push(&mut self, fact: AnyFact) {
                match fact { $(AnyFact::$id(fact) => self.$id.items.push(*fact)),* }
            }

            /// How many objects of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$id => self.$id.items.len()),* }
            }

            /// What of a kind was not looked at.
            pub fn gap(&self, kind: Kind) -> Option<&Gap> {
                match kind { $(Kind::$id => self.$id.gap.as_ref()),* }
            }

            /// The same, to be noted.
            pub fn gap_mut(&mut self, kind: Kind) -> &mut Option<Gap> {
                match kind { $(Kind::$id => &mut self.$id.gap),* }
            }
        }

        $(impl Fact for $type {
            const KIND: Kind = Kind::$id;
            fn meta(&self) -> &Meta { &self.metadata }
            fn meta_mut(&mut self) -> &mut Meta { &mut self.metadata }
            fn into_any(self) -> AnyFact { AnyFact::$id(Box::new(self)) }
            fn listing(lists: &Lists) -> &Listing<Self> { &lists.$id }
            fn listing_mut(lists: &mut Lists) -> &mut Listing<Self> { &mut lists.$id }
        })*

        /// Does the same for a kind that is only known when the program runs: `$body` is
        /// compiled for each kind, with `$fact` naming its struct.
        macro_rules! for_kind {
            ($kind_value:expr, $fact:ident => $body:expr) => {
                match $kind_value { $($crate::facts::Kind::$id => {
                    type $fact = $crate::facts::by_kind::$id;
                    $body
                }),* }
            };
        }

        pub(crate) use for_kind;

        /// The structs by the names of their kinds.
        pub mod by_kind {
            #![allow(missing_docs, unused_imports, reason = "aliases")]
            use super::*;
            $(pub type $id = $type;)*
        }
    };
}

kinds! {
    Pod: pod::Pod = "Pod" "pods" Namespaced ["v1"];
    Node: node::Node = "Node" "nodes" Cluster ["v1"];
    Namespace: core::Namespace = "Namespace" "namespaces" Cluster ["v1"];
    Service: service::Service = "Service" "services" Namespaced ["v1"];
    EndpointSlice: service::EndpointSlice = "EndpointSlice" "endpointslices" Namespaced ["discovery.k8s.io/v1"];
    ConfigMap: core::ConfigMap = "ConfigMap" "configmaps" Namespaced ["v1"];
    Secret: secret::Secret = "Secret" "secrets" Namespaced ["v1"];
    ServiceAccount: core::ServiceAccount = "ServiceAccount" "serviceaccounts" Namespaced ["v1"];
    ResourceQuota: core::ResourceQuota = "ResourceQuota" "resourcequotas" Namespaced ["v1"];
    Event: core::Event = "Event" "events" Namespaced ["v1"];
    PersistentVolumeClaim: storage::PersistentVolumeClaim = "PersistentVolumeClaim" "persistentvolumeclaims" Namespaced ["v1"];
    PersistentVolume: storage::PersistentVolume = "PersistentVolume" "persistentvolumes" Cluster ["v1"];
    StorageClass: storage::StorageClass = "StorageClass" "storageclasses" Cluster ["storage.k8s.io/v1"];
    CsiDriver: storage::CsiDriver = "CSIDriver" "csidrivers" Cluster ["storage.k8s.io/v1"];
    Deployment: apps::Deployment = "Deployment" "deployments" Namespaced ["apps/v1"];
    ReplicaSet: apps::ReplicaSet = "ReplicaSet" "replicasets" Namespaced ["apps/v1"];
    StatefulSet: apps::StatefulSet = "StatefulSet" "statefulsets" Namespaced ["apps/v1"];
    DaemonSet: apps::DaemonSet = "DaemonSet" "daemonsets" Namespaced ["apps/v1"];
    Job: batch::Job = "Job" "jobs" Namespaced ["batch/v1"];
    CronJob: batch::CronJob = "CronJob" "cronjobs" Namespaced ["batch/v1"];
    HorizontalPodAutoscaler: scaling::HorizontalPodAutoscaler = "HorizontalPodAutoscaler" "horizontalpodautoscalers" Namespaced ["autoscaling/v2", "autoscaling/v1"];
    PodDisruptionBudget: scaling::PodDisruptionBudget = "PodDisruptionBudget" "poddisruptionbudgets" Namespaced ["policy/v1"];
    Ingress: ingress::Ingress = "Ingress" "ingresses" Namespaced ["networking.k8s.io/v1"];
    IngressClass: ingress::IngressClass = "IngressClass" "ingressclasses" Cluster ["networking.k8s.io/v1"];
    NetworkPolicy: network_policy::NetworkPolicy = "NetworkPolicy" "networkpolicies" Namespaced ["networking.k8s.io/v1"];
    CustomResourceDefinition: api::CustomResourceDefinition = "CustomResourceDefinition" "customresourcedefinitions" Cluster ["apiextensions.k8s.io/v1"];
    ApiService: api::ApiService = "APIService" "apiservices" Cluster ["apiregistration.k8s.io/v1"];
    GitRepository: flux_source::GitRepository = "GitRepository" "gitrepositories" Namespaced ["source.toolkit.fluxcd.io/v1", "source.toolkit.fluxcd.io/v1beta2"];
    OciRepository: flux_source::OciRepository = "OCIRepository" "ocirepositories" Namespaced ["source.toolkit.fluxcd.io/v1", "source.toolkit.fluxcd.io/v1beta2"];
    Bucket: flux_source::Bucket = "Bucket" "buckets" Namespaced ["source.toolkit.fluxcd.io/v1", "source.toolkit.fluxcd.io/v1beta2"];
    HelmRepository: flux_source::HelmRepository = "HelmRepository" "helmrepositories" Namespaced ["source.toolkit.fluxcd.io/v1", "source.toolkit.fluxcd.io/v1beta2"];
    HelmChart: flux_source::HelmChart = "HelmChart" "helmcharts" Namespaced ["source.toolkit.fluxcd.io/v1", "source.toolkit.fluxcd.io/v1beta2"];
    Kustomization: flux_apply::Kustomization = "Kustomization" "kustomizations" Namespaced ["kustomize.toolkit.fluxcd.io/v1", "kustomize.toolkit.fluxcd.io/v1beta2"];
    HelmRelease: flux_apply::HelmRelease = "HelmRelease" "helmreleases" Namespaced ["helm.toolkit.fluxcd.io/v2", "helm.toolkit.fluxcd.io/v2beta2", "helm.toolkit.fluxcd.io/v2beta1"];
    Certificate: cert_manager::Certificate = "Certificate" "certificates" Namespaced ["cert-manager.io/v1"];
    CertificateRequest: cert_manager::CertificateRequest = "CertificateRequest" "certificaterequests" Namespaced ["cert-manager.io/v1"];
    Issuer: cert_manager::Issuer = "Issuer" "issuers" Namespaced ["cert-manager.io/v1"];
    ClusterIssuer: cert_manager::ClusterIssuer = "ClusterIssuer" "clusterissuers" Cluster ["cert-manager.io/v1"];
    Order: cert_manager::Order = "Order" "orders" Namespaced ["acme.cert-manager.io/v1"];
    Challenge: cert_manager::Challenge = "Challenge" "challenges" Namespaced ["acme.cert-manager.io/v1"];
    ExternalSecret: secret_sync::ExternalSecret = "ExternalSecret" "externalsecrets" Namespaced ["external-secrets.io/v1", "external-secrets.io/v1beta1"];
    SecretStore: secret_sync::SecretStore = "SecretStore" "secretstores" Namespaced ["external-secrets.io/v1", "external-secrets.io/v1beta1"];
    ClusterSecretStore: secret_sync::ClusterSecretStore = "ClusterSecretStore" "clustersecretstores" Cluster ["external-secrets.io/v1", "external-secrets.io/v1beta1"];
    SealedSecret: secret_sync::SealedSecret = "SealedSecret" "sealedsecrets" Namespaced ["bitnami.com/v1alpha1"];
    IngressRoute: traefik::IngressRoute = "IngressRoute" "ingressroutes" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    IngressRouteTcp: traefik::IngressRouteTcp = "IngressRouteTCP" "ingressroutetcps" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    IngressRouteUdp: traefik::IngressRouteUdp = "IngressRouteUDP" "ingressrouteudps" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    Middleware: traefik::Middleware = "Middleware" "middlewares" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    MiddlewareTcp: traefik::MiddlewareTcp = "MiddlewareTCP" "middlewaretcps" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    TraefikService: traefik::TraefikService = "TraefikService" "traefikservices" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    ServersTransport: traefik::ServersTransport = "ServersTransport" "serverstransports" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    TlsOption: traefik::TlsOption = "TLSOption" "tlsoptions" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    TlsStore: traefik::TlsStore = "TLSStore" "tlsstores" Namespaced ["traefik.io/v1alpha1", "traefik.containo.us/v1alpha1"];
    CiliumLoadBalancerIpPool: address_pool::CiliumLoadBalancerIpPool = "CiliumLoadBalancerIPPool" "ciliumloadbalancerippools" Cluster ["cilium.io/v2", "cilium.io/v2alpha1"];
    CiliumBgpClusterConfig: bgp::CiliumBgpClusterConfig = "CiliumBGPClusterConfig" "ciliumbgpclusterconfigs" Cluster ["cilium.io/v2", "cilium.io/v2alpha1"];
    CiliumBgpNodeConfig: bgp::CiliumBgpNodeConfig = "CiliumBGPNodeConfig" "ciliumbgpnodeconfigs" Cluster ["cilium.io/v2", "cilium.io/v2alpha1"];
    MetalLbPool: address_pool::MetalLbPool = "IPAddressPool" "ipaddresspools" Namespaced ["metallb.io/v1beta1"];
    GatewayClass: gateway::GatewayClass = "GatewayClass" "gatewayclasses" Cluster ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"];
    Gateway: gateway::Gateway = "Gateway" "gateways" Namespaced ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"];
    HttpRoute: gateway::HttpRoute = "HTTPRoute" "httproutes" Namespaced ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"];
    GrpcRoute: gateway::GrpcRoute = "GRPCRoute" "grpcroutes" Namespaced ["gateway.networking.k8s.io/v1"];
    TlsRoute: gateway::TlsRoute = "TLSRoute" "tlsroutes" Namespaced ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1alpha3", "gateway.networking.k8s.io/v1alpha2"];
    TcpRoute: gateway::TcpRoute = "TCPRoute" "tcproutes" Namespaced ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1alpha2"];
    Application: argo::Application = "Application" "applications" Namespaced ["argoproj.io/v1alpha1"];
    K3sHelmChart: helm_controller::K3sHelmChart = "HelmChart" "helmcharts" Namespaced ["helm.cattle.io/v1"];
    Custom: custom::Custom = "" "" Namespaced [];
}

/// What the table knows of an object's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A kind with a struct, in a version that the struct is right for.
    Yes(Kind, &'static str),
    /// A kind with a struct, in a version that we do not know.
    OtherVersion(Kind),
    /// No kind of the table.
    No,
}

impl Kind {
    /// The name of an object of this kind that was not read; its namespace only where it has one.
    pub fn object(self, namespace: &str, name: &str) -> ObjectRef {
        let api_version = self.apis().first().copied().unwrap_or_default();
        let namespace = match self.scope() {
            Scope::Namespaced => namespace,
            Scope::Cluster => "",
        };
        ObjectRef::new(api_version, self.name(), namespace, name)
    }

    /// Looks up an object's type.
    pub fn known(api_version: &str, kind: &str) -> Known {
        let group = group_of(api_version);
        let Some(found) = Self::ALL.iter().copied().find(|known| {
            known.name() == kind && known.apis().iter().any(|api| group_of(api) == group)
        }) else {
            return Known::No;
        };
        match found.apis().iter().find(|api| **api == api_version) {
            Some(api) => Known::Yes(found, api),
            None => Known::OtherVersion(found),
        }
    }
}
