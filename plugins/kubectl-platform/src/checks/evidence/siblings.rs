//! Failures that share a cause which is no object of the cluster: a registry that refuses, a key that
//! is lost, a network that is down. They point at each other, so that one stands for all.

use shared::object::ObjectRef;

/// Objects that failed, each with what its failure has in common with others.
#[derive(Default)]
pub(in crate::checks) struct Siblings(Vec<(ObjectRef, String)>);

/// Words for a network that is down, or a disk that is full, whatever is asked for.
const ALL_ALIKE: &[&str] = &[
    "i/o timeout",
    "network is unreachable",
    "no route to host",
    "server misbehaving",
    "TLS handshake timeout",
    "Client.Timeout exceeded",
    "certificate signed by unknown authority",
    "no space left on device",
];

impl Siblings {
    /// Notes a failure. `place` is what it is about: a host, a repository, a store; what counts of
    /// the message is its end, where the reason stands.
    pub(in crate::checks) fn add(&mut self, object: ObjectRef, place: &str, message: &str) {
        let key = match alike(message) {
            Some(words) => words.to_owned(),
            None => format!("{place}: {}", end(message)),
        };
        self.0.push((object, key));
    }

    /// The others that a failure has a network or a disk in common with, whatever place it is about.
    pub(in crate::checks) fn alike(&self, message: &str) -> Vec<ObjectRef> {
        let key = alike(message);
        let others = self
            .0
            .iter()
            .filter(|(_, other)| key == Some(other.as_str()));
        others.map(|(other, _)| other.clone()).collect()
    }

    /// The others that failed in the same way.
    pub(in crate::checks) fn of(&self, object: &ObjectRef) -> Vec<ObjectRef> {
        let key = self.0.iter().find(|(known, _)| known == object);
        let others = self.0.iter().filter(|(other, of_other)| {
            other != object && key.is_some_and(|(_, of_own)| of_own == of_other)
        });
        others.map(|(other, _)| other.clone()).collect()
    }
}

/// Words for a network that is down, or a disk that is full, where a message has any.
pub(in crate::checks) fn alike(message: &str) -> Option<&'static str> {
    let mut all = ALL_ALIKE.iter().copied();
    all.find(|words| message.contains(words))
}

/// Errors are wrapped from the left, so the first cause stands last.
fn end(message: &str) -> &str {
    message.rsplit(": ").next().unwrap_or(message).trim()
}
