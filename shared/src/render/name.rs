//! Objects and what is said about them, as one sentence.

use super::clean::clean;
use crate::object::ObjectRef;
use crate::report::Entry;

/// Words that go on where an object's name ends.
const PREDICATES: &[&str] = &[
    "asks",
    "cannot",
    "claims",
    "depends",
    "did",
    "does",
    "fails",
    "finds",
    "has",
    "holds",
    "is",
    "lacks",
    "leads",
    "lets",
    "makes",
    "names",
    "needs",
    "never",
    "no longer",
    "opens",
    "points",
    "refers",
    "selects",
    "shares",
    "stands",
    "takes",
    "waits",
    "wants",
    "was",
    "watches",
    "writes",
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

/// The object and what is said about it, which may begin with the object's name.
pub(in crate::render) fn sentence(entry: &Entry) -> String {
    let message = clean(&entry.message);
    let object = &entry.object;
    let own = format!("{} {}", object.kind, object.name);
    let lower = format!("{} {}", object.kind.to_lowercase(), object.name);
    let names = [own, lower, object.to_string()];
    let said = names.iter().find_map(|name| after(&message, name));
    let goes_on = said.is_some() || is_predicate(&message);
    let joint = if goes_on { " " } else { ": " };
    format!("{}{joint}{}", subject(entry), said.unwrap_or(&message))
}

/// Whether a message goes on where an object's name ends: `has no ready pod`.
pub fn is_predicate(message: &str) -> bool {
    let mut words = PREDICATES.iter();
    words.any(|word| after(message, word).is_some())
}

/// What comes after the first words.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.strip_prefix(words)?.strip_prefix(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    #[test]
    fn object_and_message_make_a_sentence() {
        for (message, sentence) in [
            ("does not exist", "Secret auth/tls does not exist"),
            (
                "Secret tls does not exist",
                "Secret auth/tls does not exist",
            ),
            ("Secret/auth/tls has no key", "Secret auth/tls has no key"),
            (
                "secret tls does not exist",
                "Secret auth/tls does not exist",
            ),
            ("expired yesterday", "Secret auth/tls: expired yesterday"),
            (
                "Secret tlsx is it not",
                "Secret auth/tls: Secret tlsx is it not",
            ),
            ("isolated", "Secret auth/tls: isolated"),
        ] {
            let entry = Entry {
                check: "test/test",
                level: Level::Error,
                cluster: None,
                component: None,
                object: ObjectRef::new("v1", "Secret", "auth", "tls"),
                file: None,
                message: message.to_owned(),
                remedy: None,
                because: None,
                causes: Vec::new(),
                root: true,
                explains: 0,
                docs: String::new(),
            };
            assert_eq!(super::sentence(&entry), sentence);
        }
    }
}
