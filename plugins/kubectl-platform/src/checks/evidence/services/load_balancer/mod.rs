//! Why a Service of type LoadBalancer has no address: what its controller says, and what the pools,
//! the pods and the nodes tell. `lb-ip` says the same.

mod klipper;
mod nodes;
mod pools;

use shared::facts::kinds::apps::Deployment;
use shared::facts::kinds::service::Service;
use shared::facts::{Fact, Kind, Need, View, declared, live};
use shared::object::ObjectRef;

pub(in crate::checks) use self::pools::{applied_pools, disabled_pools, report_disabled};

/// What the reason is looked for in.
pub(crate) const EVIDENCE: [Need; 7] = [
    live(Kind::Event).hint(),
    live(Kind::Node).hint(),
    live(Kind::Pod).hint(),
    live(Kind::DaemonSet).hint(),
    declared(Kind::Deployment).hint(),
    live(Kind::CiliumLoadBalancerIpPool).hint(),
    live(Kind::MetalLbPool).hint(),
];

/// Why there is no address.
pub(crate) struct Reason {
    /// In words, without a full stop.
    pub(crate) message: String,
    /// What it may come from.
    pub(crate) suspects: Vec<ObjectRef>,
}

impl Reason {
    fn new(message: impl Into<String>, suspects: impl IntoIterator<Item = ObjectRef>) -> Self {
        Self {
            message: message.into(),
            suspects: suspects.into_iter().collect(),
        }
    }
}

/// Whether a Service is meant to have an address and has none.
pub(crate) fn is_pending(service: &Service) -> bool {
    service.spec.r#type == "LoadBalancer"
        && service.status.load_balancer.ingress.is_empty()
        && service.metadata.deletion_timestamp.0.is_none()
}

/// Why a pending Service has no address: the first of all reasons that tells something, those of
/// the controller that answers for it before what can only be concluded.
pub(crate) fn reason(view: &View<'_>, service: &Service) -> Reason {
    let controllers = controllers(view);
    let mut reason = pools::cilium(view, service)
        .or_else(|| klipper::pods(view, service))
        .or_else(|| warning(view, service))
        .or_else(|| pools::metallb(view))
        .or_else(|| nodes::excluded(view))
        .or_else(|| klipper::disabled(view))
        .unwrap_or_else(|| nobody(view, service, &controllers));
    reason.suspects.extend(controllers);
    reason
}

/// What the reasons of Kubernetes' own warnings about a Service are about, none of them its address:
/// `ClusterIPNotAllocated`, `IPAddressWrongReference`, `PortNotAllocated`, `FailedToUpdateEndpointSlices`.
const ELSEWHERE: &[&str] = &["ClusterIP", "IPAddress", "Port", "Endpoint"];

/// The newest warning about its address: `SyncLoadBalancerFailed`, `AllocationFailed`, ...
fn warning(view: &View<'_>, service: &Service) -> Option<Reason> {
    let reference = service.reference();
    let mut warnings = view.warnings_about(&reference);
    let event = warnings.find(|event| !ELSEWHERE.iter().any(|word| event.reason.contains(word)))?;
    Some(Reason::new(
        format!("{}: {}", event.reason, event.message.trim()),
        [],
    ))
}

/// Nobody says anything.
fn nobody(view: &View<'_>, service: &Service, controllers: &[ObjectRef]) -> Reason {
    let class = &service.spec.load_balancer_class;
    let message = if !class.is_empty() {
        format!("no controller of the class {class} gave it an address")
    } else if let Some(controller) = controllers.first() {
        format!("{controller} gave it no address, and does not say why")
    } else if nodes::are_of_a_cloud(view) {
        "the cloud's controller gave it no address, and does not say why".to_owned()
    } else {
        "nothing here gives addresses: no MetalLB, no pool of Cilium, no svclb pods of k3s"
            .to_owned()
    };
    Reason::new(message, [])
}

/// What gives addresses, by its image.
const CONTROLLERS: &[&str] = &[
    "metallb/controller",
    "cilium/operator",
    "cloud-controller-manager",
    "kube-vip-cloud-provider",
    "purelb/allocator",
];

fn controllers(view: &View<'_>) -> Vec<ObjectRef> {
    let gives = |deployment: &&Deployment| {
        let mut containers = deployment.spec.template.spec.containers.iter();
        containers.any(|c| CONTROLLERS.iter().any(|image| c.image.contains(image)))
    };
    let deployments = view.all::<Deployment>().iter();
    deployments.filter(gives).map(Fact::reference).collect()
}
