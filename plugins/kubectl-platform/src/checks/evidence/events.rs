//! What events say of an object.

use shared::facts::View;
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
