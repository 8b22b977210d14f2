//! The objects that a pod's spec names, and the pods may not start without.

use shared::facts::kinds::core::ServiceAccount;
use shared::facts::kinds::pod::{Pod, PodSpec};
use shared::facts::{Kind, View};
use shared::object::ObjectRef;

/// The claims that a pod mounts.
pub(in crate::checks) fn claims(spec: &PodSpec, namespace: &str) -> Vec<ObjectRef> {
    let claims = spec
        .volumes
        .iter()
        .filter_map(|volume| volume.persistent_volume_claim.as_ref());
    claims
        .map(|claim| Kind::PersistentVolumeClaim.object(namespace, &claim.claim_name))
        .collect()
}

/// The node that a pod is on.
pub(in crate::checks) fn node(spec: &PodSpec) -> Option<ObjectRef> {
    (!spec.node_name.is_empty()).then(|| ObjectRef::new("v1", "Node", "", spec.node_name.clone()))
}

/// The Secrets that kubelet shows to the registry: those of the pod, else of its ServiceAccount.
pub(in crate::checks) fn pull_secrets(view: &View<'_>, pod: &Pod) -> Vec<ObjectRef> {
    let namespace = &pod.metadata.namespace;
    let account = view.get::<ServiceAccount>(namespace, &pod.spec.service_account_name);
    let of_account = account
        .into_iter()
        .flat_map(|account| &account.image_pull_secrets);
    // Admission gives a pod those of its account where it names none itself.
    let own = pod.spec.image_pull_secrets.iter();
    let of_account = of_account.filter(|_| own.len() == 0);
    own.clone()
        .chain(of_account)
        .map(|secret| ObjectRef::new("v1", "Secret", namespace, secret.name.clone()))
        .collect()
}

/// The account that pods run under, where it is not there. Each namespace has one; where there is none
/// at all, nobody looked.
pub(in crate::checks) fn absent_account<'a>(
    view: &View<'_>,
    namespace: &str,
    spec: &'a PodSpec,
) -> Option<&'a str> {
    let name = spec.service_account_name.as_str();
    let is_known = !view.all::<ServiceAccount>().is_empty() && !["", "default"].contains(&name);
    let account = view.get::<ServiceAccount>(namespace, name);
    (is_known && account.is_none()).then_some(name)
}
