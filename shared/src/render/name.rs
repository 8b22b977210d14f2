//! Objects and what is said about them, as one sentence.

use super::clean::clean;
use crate::object::ObjectRef;
use crate::report::Entry;

/// Words that go on where an object's name ends.
const PREDICATES: &[&str] = &[
    "asks",
    "cannot",
    "did",
    "does",
    "fails",
    "has",
    "is",
    "names",
    "needs",
    "never",
    "no longer",
    "points",
    "refers",
    "shares",
    "waits",
    "wants",
    "was",
];

/// `Kind namespace/name`, safe to print.
pub(in crate::render) fn name(object: &ObjectRef) -> String {
    let name = match &object.namespace {
        Some(namespace) => format!("{} {namespace}/{}", object.kind, object.name),
        None => format!("{} {}", object.kind, object.name),
    };
    clean(&name).into_owned()
}

/// The object of an entry, after its cluster where there are several.
pub(in crate::render) fn subject(entry: &Entry) -> String {
    let name = name(&entry.object);
    match &entry.cluster {
        Some(cluster) => format!("{}: {name}", clean(cluster)),
        None => name,
    }
}

/// The object and what is said about it.
pub(in crate::render) fn sentence(entry: &Entry) -> String {
    let message = clean(&entry.message);
    let goes_on = PREDICATES.iter().any(|word| {
        message
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let joint = if goes_on { " " } else { ": " };
    format!("{}{joint}{message}", subject(entry))
}
