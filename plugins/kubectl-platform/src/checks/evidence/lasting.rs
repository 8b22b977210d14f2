//! Objects that stay until they are deleted, and whether one is still there. What ends by itself, such
//! as a Job, is none of them.

use shared::facts::kinds::flux_apply::{HelmRelease, Kustomization};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::object::ObjectRef;

macro_rules! lasting {
    ($($module:ident::$kind:ident)*) => {
        /// What a check needs that asks for what Flux has applied.
        pub(in crate::checks) const APPLIED: &[Need] = &[
            live(Kind::Kustomization),
            live(Kind::HelmRelease),
            $(declared(Kind::$kind).hint(),)*
        ];

        /// Whether an object of a kind that was read is not there.
        pub(in crate::checks) fn is_gone(view: &View<'_>, object: &ObjectRef) -> bool {
            is_absent::<HelmRelease>(view, object)
                || is_absent::<Kustomization>(view, object)
                $(|| is_absent::<shared::facts::kinds::$module::$kind>(view, object))*
        }
    };
}

lasting! {
    apps::Deployment apps::StatefulSet apps::DaemonSet batch::CronJob
    core::ConfigMap core::Namespace secret::Secret secret_sync::ExternalSecret
    service::Service ingress::Ingress traefik::IngressRoute traefik::IngressRouteTcp traefik::Middleware
    gateway::Gateway gateway::HttpRoute address_pool::CiliumLoadBalancerIpPool
    cert_manager::Certificate cert_manager::ClusterIssuer flux_source::HelmRepository
}

fn is_absent<F: Fact>(view: &View<'_>, object: &ObjectRef) -> bool {
    let (namespace, name) = (object.namespace(), &object.name);
    object.kind == F::KIND.name()
        && view.lacks::<F>(namespace, name)
        && *object == F::KIND.object(namespace, name)
}
