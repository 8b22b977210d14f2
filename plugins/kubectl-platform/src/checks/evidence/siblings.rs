//! Failures that share a cause which is no object of the cluster: a registry that refuses, a key that
//! is lost, a network that is down. They point at each other, so that one stands for all.

use std::collections::HashMap;

use shared::object::ObjectRef;

/// Objects that failed, by what the failure of each has in common with others.
#[derive(Default)]
pub(in crate::checks) struct Siblings {
    key_of: HashMap<ObjectRef, String>,
    by_key: HashMap<String, Vec<ObjectRef>>,
}

/// How many others a failure points at. Thousands may fail for one registry: what matters is that there is a way from
/// each to all, and still is where some turn out less bad.
const NEXT: usize = 16;

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
            None => match account(message) {
                Some(account) => format!("not allowed to {account}"),
                None => format!("{place}: {}", end(message)),
            },
        };
        if !self.key_of.contains_key(&object) {
            let alike = self.by_key.entry(key.clone()).or_default();
            alike.push(object.clone());
            self.key_of.insert(object, key);
        }
    }

    /// Those that a failure has a network or a disk in common with, whatever place it is about.
    pub(in crate::checks) fn alike(&self, message: &str) -> Vec<ObjectRef> {
        let alike_all = alike(message).and_then(|words| self.by_key.get(words));
        let first = alike_all.into_iter().flatten().take(NEXT);
        first.cloned().collect()
    }

    /// The others that failed in the same way: the next ones of a ring.
    pub(in crate::checks) fn of(&self, object: &ObjectRef) -> Vec<ObjectRef> {
        let ring = self
            .key_of
            .get(object)
            .and_then(|key| self.by_key.get(key))
            .map_or(&[][..], Vec::as_slice);
        let own = ring.iter().position(|other| other == object).unwrap_or(0);
        let mut others: Vec<usize> = (own + 1..ring.len()).chain(0..own).collect();
        others.truncate(NEXT);
        others.sort_unstable();
        others
            .iter()
            .filter_map(|at| ring.get(*at))
            .cloned()
            .collect()
    }
}

/// Words for a network that is down, or a disk that is full, where a message has any.
pub(in crate::checks) fn alike(message: &str) -> Option<&'static str> {
    let mut all = ALL_ALIKE.iter().copied();
    all.find(|words| message.contains(words))
}

/// The account that was not allowed something, whatever it asked for in which namespace.
pub(in crate::checks) fn account(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("User \"")?;
    let (account, rest) = rest.split_once('"')?;
    rest.trim_start().starts_with("cannot ").then_some(account)
}

/// Errors are wrapped from the left, so the first cause stands last.
fn end(message: &str) -> &str {
    message.rsplit(": ").next().unwrap_or(message).trim()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn of_many_each_points_at_few_and_there_is_a_way_to_all() {
        let object = |at: usize| ObjectRef::new("v1", "Pod", "auth", format!("pod-{at}"));
        let mut siblings = Siblings::default();
        for at in 0..100 {
            siblings.add(object(at), "ghcr.io", "dial tcp: i/o timeout");
        }
        let mut reached = HashSet::new();
        let mut open = vec![object(40)];
        while let Some(next) = open.pop() {
            let others = siblings.of(&next);
            assert_eq!(others.len(), NEXT);
            assert!(!others.contains(&next));
            open.extend(others.into_iter().filter(|one| reached.insert(one.clone())));
        }
        assert_eq!(reached.len(), 100);
    }
}
