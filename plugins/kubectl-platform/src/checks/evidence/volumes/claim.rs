//! Claims: the class that each is to have, and whether it may wait.

use jiff::Timestamp;
use shared::facts::kinds::pod::Pod;
use shared::facts::kinds::storage::{PersistentVolumeClaim, StorageClass};
use shared::facts::{Fact, Kind, View};
use shared::object::ObjectRef;

use super::driver;
use crate::checks::evidence::pods::references;
use crate::checks::evidence::pods::trouble::is_late;

/// The class that a claim is to have.
pub(in crate::checks) enum Class<'a> {
    /// It exists.
    Known(&'a StorageClass),
    /// It is named and does not exist.
    Missing(&'a str),
    /// None is named, and no class is the default.
    NoDefault,
    /// None is wanted: the claim waits for a volume that somebody makes by hand.
    ByHand,
}

/// The node that alone can have a claim's volume, as its disk is there.
pub(in crate::checks) fn home(claim: &PersistentVolumeClaim) -> Option<ObjectRef> {
    let is_local = driver::of_claim(claim).is_some_and(|driver| driver.contains("local"));
    let node = claim
        .metadata
        .annotation("volume.kubernetes.io/selected-node");
    (is_local && !node.is_empty()).then(|| Kind::Node.object("", node))
}

/// The class that a claim is to have.
pub(in crate::checks) fn class<'a>(view: &View<'a>, claim: &'a PersistentVolumeClaim) -> Class<'a> {
    match claim.spec.storage_class_name.as_deref() {
        Some("") => Class::ByHand,
        Some(name) => view
            .get::<StorageClass>("", name)
            .map_or(Class::Missing(name), Class::Known),
        None => view
            .all::<StorageClass>()
            .iter()
            .find(|class| is_default(class))
            .map_or(Class::NoDefault, Class::Known),
    }
}

/// Whether claims that name no class get this one.
pub(in crate::checks) fn is_default(class: &StorageClass) -> bool {
    let says = |key| class.metadata.annotation(key) == "true";
    says("storageclass.kubernetes.io/is-default-class")
        || says("storageclass.beta.kubernetes.io/is-default-class")
}

/// Whether a claim waits for a volume, and has waited long.
pub(in crate::checks) fn is_pending(claim: &PersistentVolumeClaim, now: Timestamp) -> bool {
    claim.status.phase == "Pending"
        && claim.metadata.deletion_timestamp.0.is_none()
        && is_late(claim.metadata.creation_timestamp, now)
}

/// Set on a claim when its pod has a node: from then on the provisioner is to act.
const HAS_NODE: &str = "volume.kubernetes.io/selected-node";

/// For volumes that somebody makes by hand.
const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";

/// Whether a claim waits as it is meant to: for its first pod, or for that pod's node.
pub(in crate::checks) fn may_wait(
    view: &View<'_>,
    claim: &PersistentVolumeClaim,
    class: &StorageClass,
) -> bool {
    let is_patient = class.volume_binding_mode == "WaitForFirstConsumer";
    let has_node = !claim.metadata.annotation(HAS_NODE).is_empty();
    let is_by_hand = class.provisioner == NO_PROVISIONER;
    is_patient && !has_node && !(is_by_hand && is_wanted(view, claim))
}

/// Whether a pod that is not over mounts the claim.
fn is_wanted(view: &View<'_>, claim: &PersistentVolumeClaim) -> bool {
    view.all::<Pod>().iter().any(|pod| is_used_by(claim, pod))
}

/// Whether a claim waits for a volume of this class, and should not.
pub(in crate::checks) fn is_missed(view: &View<'_>, wanted: &StorageClass) -> bool {
    view.all::<PersistentVolumeClaim>().iter().any(|claim| {
        is_pending(claim, view.now())
            && !may_wait(view, claim, wanted)
            && matches!(class(view, claim), Class::Known(known) if known.metadata.name == wanted.metadata.name)
    })
}

/// Whether a pod mounts the claim, and is not over.
pub(in crate::checks) fn is_used_by(claim: &PersistentVolumeClaim, pod: &Pod) -> bool {
    let meta = &claim.metadata;
    let is_over = matches!(pod.status.phase.as_str(), "Succeeded" | "Failed");
    let claims = references::claims(&pod.spec, &pod.metadata.namespace);
    !is_over
        && pod.metadata.namespace == meta.namespace
        && claims.iter().any(|claim| claim.name == meta.name)
}

/// The claims that wait for a volume and should not, each with its class, and why it has none.
///
/// A check that uses this hints at `Event` and `Pod`.
pub(in crate::checks) fn waiting<'a>(
    view: &View<'a>,
) -> Vec<(&'a PersistentVolumeClaim, Class<'a>, String)> {
    let claims = view.all::<PersistentVolumeClaim>().iter();
    let pending = claims.filter(|claim| is_pending(claim, view.now()));
    pending
        .filter_map(|claim| {
            let class = class(view, claim);
            let why = lack(view, claim, &class)?;
            Some((claim, class, why))
        })
        .collect()
}

/// Why a claim has no volume; nothing where it may wait.
fn lack(view: &View<'_>, claim: &PersistentVolumeClaim, class: &Class<'_>) -> Option<String> {
    let object = claim.reference();
    let mut warnings = view.warnings_about(&object);
    let failed = warnings.find(|event| event.reason.contains("Failed"));
    let said = failed.map(|event| event.message.trim());
    Some(match (class, said) {
        (Class::Missing(name), _) => format!("its class {name} does not exist"),
        (Class::NoDefault, _) => "it names no class, and no class is the default".to_owned(),
        (Class::ByHand, _) => "no volume fits, and it wants none made".to_owned(),
        (Class::Known(class), Some(said)) => format!("{}: {said}", class.provisioner),
        (Class::Known(class), None) if may_wait(view, claim, class) => return None,
        (Class::Known(class), None) => {
            let (provisioner, name) = (&class.provisioner, &class.metadata.name);
            format!("provisioner {provisioner} of class {name} has made none")
        }
    })
}
