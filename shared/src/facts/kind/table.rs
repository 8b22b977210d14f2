//! The one table of the kinds that have a struct: each with its name, plural, scope, and the versions
//! that the struct is right for.

use super::super::kinds::{
    address_pool, api, apps, argo, batch, bgp, cert_manager, core, custom, flux_apply, flux_source,
    gateway, helm_controller, ingress, network_policy, node, pod, scaling, secret, secret_sync,
    service, storage, traefik, webhook,
};
use super::super::listing::{Gap, Listing};
use super::super::meta::Meta;
use super::super::sorted;
use super::generated::kinds;
use super::{Fact, Scope};

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
    MutatingWebhookConfiguration: webhook::MutatingWebhookConfiguration = "MutatingWebhookConfiguration" "mutatingwebhookconfigurations" Cluster ["admissionregistration.k8s.io/v1"];
    ValidatingWebhookConfiguration: webhook::ValidatingWebhookConfiguration = "ValidatingWebhookConfiguration" "validatingwebhookconfigurations" Cluster ["admissionregistration.k8s.io/v1"];
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
