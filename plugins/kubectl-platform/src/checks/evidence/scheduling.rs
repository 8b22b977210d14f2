//! What the scheduler's words about a pod point to.
//!
//! A check that uses this hints at `Node` and `PersistentVolumeClaim`.

use shared::facts::kinds::node::Node;
use shared::facts::kinds::storage::PersistentVolumeClaim;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// The nodes that were passed over for a reason of their own: they are unwell or cordoned.
pub(in crate::checks) fn passed_over(
    view: &View<'_>,
    words: &str,
) -> impl Iterator<Item = ObjectRef> {
    let is_named = |key: &str| key.starts_with("node.kubernetes.io/") && words.contains(key);
    let nodes = view.all::<Node>().iter().filter(move |node| {
        let is_cordoned = node.spec.unschedulable && words.contains("unschedulable");
        is_cordoned || node.spec.taints.iter().any(|taint| is_named(&taint.key))
    });
    nodes.map(Fact::reference)
}

/// Whether a claim of the pod is not there, as far as was read, or as the scheduler says.
pub(in crate::checks) fn lacks(view: &View<'_>, claim: &ObjectRef, words: &str) -> bool {
    let (namespace, name) = (claim.namespace(), &claim.name);
    let read = view.get::<PersistentVolumeClaim>(namespace, name);
    let is_said = words.contains(&format!("persistentvolumeclaim \"{name}\" not found"));
    read.is_none() && (is_said || view.knows::<PersistentVolumeClaim>())
}
