//! Objects that stay until they are deleted, and whether one is still there. What ends by itself, such
//! as a Job, is none of them.

use shared::facts::kinds::api::CustomResourceDefinition;
use shared::facts::kinds::custom::Custom;
use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::kinds::records;
use shared::facts::{Fact, Kind, Known, Need, View, declared, live};
use shared::object::{ObjectRef, group_of};

use super::operator;

macro_rules! lasting {
    ($($module:ident::$kind:ident)*) => {
        /// What a check needs that asks for what Flux has applied.
        pub(in crate::checks) const APPLIED: &[Need] = &[
            live(Kind::Kustomization),
            live(Kind::HelmRelease),
            declared(Kind::Custom).hint(),
            declared(Kind::CustomResourceDefinition).hint(),
            $(declared(Kind::$kind).hint(),)*
        ];

        /// Whether an object of a kind that was read is not there.
        pub(in crate::checks) fn is_gone(view: &View<'_>, object: &ObjectRef) -> bool {
            is_absent::<HelmRelease>(view, object)
                || is_absent::<Kustomization>(view, object)
                || is_absent_custom(view, object)
                $(|| is_absent::<shared::facts::kinds::$module::$kind>(view, object))*
        }
    };
}

lasting! {
    apps::Deployment apps::StatefulSet apps::DaemonSet batch::CronJob
    core::ConfigMap core::Namespace secret::Secret secret_sync::ExternalSecret
    secret_sync::SecretStore secret_sync::ClusterSecretStore secret_sync::SealedSecret
    service::Service ingress::Ingress network_policy::NetworkPolicy storage::StorageClass
    traefik::IngressRoute traefik::IngressRouteTcp traefik::IngressRouteUdp
    traefik::Middleware traefik::MiddlewareTcp traefik::TraefikService
    gateway::Gateway gateway::HttpRoute gateway::GrpcRoute gateway::TlsRoute gateway::TcpRoute
    address_pool::CiliumLoadBalancerIpPool address_pool::MetalLbPool bgp::CiliumBgpClusterConfig
    cert_manager::Certificate cert_manager::Issuer cert_manager::ClusterIssuer
    flux_source::GitRepository flux_source::OciRepository flux_source::Bucket flux_source::HelmRepository
}

fn is_absent<F: Fact>(view: &View<'_>, object: &ObjectRef) -> bool {
    let (namespace, name) = (object.namespace(), &object.name);
    object.kind == F::KIND.name()
        && view.lacks::<F>(namespace, name)
        && *object == F::KIND.object(namespace, name)
}

/// What kinds of operators are called that end by themselves, or go after a time.
const PASSING: &[&str] = &[
    "Backup", "Job", "Restore", "Run", "Snapshot", "Task", "Workflow",
];

/// The kinds without a struct are read together: of a group of which nothing was read, not even a definition, nothing is
/// known.
fn is_absent_custom(view: &View<'_>, object: &ObjectRef) -> bool {
    let is_scheduled = object.kind.starts_with("Scheduled");
    let is_passing = PASSING.iter().any(|end| object.kind.ends_with(end)) && !is_scheduled;
    let group = group_of(&object.api_version);
    let customs = view.all::<Custom>();
    let defines = |one: &CustomResourceDefinition| {
        let names = &one.spec.names;
        let is_it = one.spec.group == group && names.kind == object.kind;
        is_it && !records::is_kind(group, &names.plural)
    };
    let definitions = view.all::<CustomResourceDefinition>().iter();
    let is_read = || {
        let mut read = customs.iter().map(Custom::group);
        read.any(|read| read == group) || definitions.clone().any(defines)
    };
    !is_passing
        && operator::is_foreign(&object.api_version)
        && matches!(Kind::known(&object.api_version, &object.kind), Known::No)
        && !view.has::<Custom>(object)
        && view.knows::<Custom>()
        && is_read()
}
