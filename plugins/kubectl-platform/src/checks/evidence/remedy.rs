//! Commands to paste.

use shared::object::ObjectRef;

/// Shows an object and its events.
pub(in crate::checks) fn describe(object: &ObjectRef) -> String {
    let kind = object.kind.to_lowercase();
    match object.namespace() {
        "" => format!("kubectl describe {kind} {}", object.name),
        namespace => format!("kubectl -n {namespace} describe {kind} {}", object.name),
    }
}
