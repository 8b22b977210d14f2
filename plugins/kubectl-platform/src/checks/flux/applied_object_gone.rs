//! flux/applied-object-gone: What Flux has applied is not there any more.
//!
//! The inventory of a Kustomization or HelmRelease lists an object that does not exist: somebody or
//! something deleted it. Flux makes it again when it next reconciles, unless it cannot: without
//! source-controller, for one, nothing that Flux consists of comes back.
//!
//! Let Flux apply it again, and find out who deleted it. What is to stay away is to be taken out of
//! Git.

use shared::facts::kinds::flux_apply::{HelmRelease, Inventory, Kustomization};
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::finding::{Findings, Level};
use shared::health::{Assess, Status};
use shared::object::ObjectRef;

use crate::checks::evidence::inventory;
use crate::checks::evidence::remedy::command;

/// The kinds of what stays until it is deleted; what ends by itself, such as a Job, is none of them.
macro_rules! lasting {
    ($($module:ident::$kind:ident)*) => {
        pub(super) const NEEDS: &[Need] = &[
            live(Kind::Kustomization),
            live(Kind::HelmRelease),
            $(declared(Kind::$kind).hint(),)*
        ];

        /// Whether an object of a kind that was read is not there.
        fn is_gone(view: &View<'_>, object: &ObjectRef) -> bool {
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

pub(super) fn run(view: &View<'_>, found: &mut Findings) {
    for one in view.all::<Kustomization>() {
        if one.spec.kube_config.is_none() {
            look(view, found, one, &one.status.inventory, "kustomization");
        }
    }
    for one in view.all::<HelmRelease>() {
        if one.spec.kube_config.is_none() {
            look(view, found, one, &one.status.inventory, "helmrelease");
        }
    }
}

fn look<F: Assess>(view: &View<'_>, found: &mut Findings, by: &F, applied: &Inventory, verb: &str) {
    let health = by.health(view.now());
    let is_busy = health.status == Status::InProgress && !health.is_overdue(view.now());
    if is_busy || matches!(health.status, Status::Suspended | Status::Terminating) {
        return;
    }
    let (meta, of) = (by.meta(), by.reference());
    for object in inventory::objects(applied).filter(|object| is_gone(view, object)) {
        let told = format!(
            "{} {} does not exist any more: {of} has applied it",
            object.kind, object.name
        );
        let finding = found.missing(Level::Error, object, told);
        finding.remedy(command!(
            "flux reconcile {} {} -n {}",
            verb,
            meta.name,
            meta.namespace
        ));
        // What fails its health check has been applied.
        if health.status != Status::Current && health.reason != "HealthCheckFailed" {
            finding.made_by([of.clone()]);
        }
    }
}

fn is_absent<F: Fact>(view: &View<'_>, object: &ObjectRef) -> bool {
    object.kind == F::KIND.name()
        && view.get::<F>(object.namespace(), &object.name).is_none()
        && *object == F::KIND.object(object.namespace(), &object.name)
        && view.knows::<F>()
}
