//! What events say of an object.

use shared::facts::kinds::pod::Pod;
use shared::facts::{Fact, View};
use shared::object::ObjectRef;

/// Why kubelet says that a pod's probe fails; `kind` is Liveness, Readiness or Startup.
pub(in crate::checks) fn probe<'a>(
    view: &View<'a>,
    pod: &ObjectRef,
    kind: &str,
) -> Option<&'a str> {
    let mut warnings = view
        .warnings_about(pod)
        .filter(|event| event.reason == "Unhealthy");
    warnings
        .find(|event| event.message.starts_with(kind))
        .map(|event| event.message.trim())
}

/// What kubelet kills a pod's containers for, where that is a probe.
pub(in crate::checks) fn killing_probe<'a>(view: &View<'a>, pod: &Pod) -> Option<&'a str> {
    let object = pod.reference();
    let mut kinds = ["Liveness", "Startup"].into_iter();
    kinds.find_map(|kind| probe(view, &object, kind))
}

/// What the newest warning about an object says beyond these words.
pub(in crate::checks) fn beyond<'a>(
    view: &View<'a>,
    object: &ObjectRef,
    words: &str,
) -> Option<&'a str> {
    let event = view.warnings_about(object).next()?;
    let said = event.message.as_str();
    (!words.contains(said)).then_some(said)
}
