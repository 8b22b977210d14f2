//! Ways through the facts that only some judgements take, made when first asked for.

use std::collections::HashMap;

use super::kind::Fact;
use super::kinds::core::Event;
use super::kinds::pod::Pod;

type Key = (String, String, String);

/// Positions in the lists of pods and events.
#[derive(Default)]
pub(super) struct Index {
    pods: HashMap<Key, Vec<usize>>,
    events: HashMap<Key, Vec<usize>>,
}

impl Index {
    pub(super) fn new(pods: &[Pod], events: &[Event]) -> Self {
        let mut index = Self::default();
        for (at, pod) in pods.iter().enumerate() {
            if let Some(owner) = pod.meta().controller() {
                let key = key(&owner.kind, &pod.metadata.namespace, &owner.name);
                index.pods.entry(key).or_default().push(at);
            }
        }
        for (at, event) in events.iter().enumerate() {
            let about = &event.involved_object;
            let key = key(&about.kind, &about.namespace, &about.name);
            index.events.entry(key).or_default().push(at);
        }
        for positions in index.events.values_mut() {
            positions.sort_by_key(|at| std::cmp::Reverse(events.get(*at).map(Event::last_seen)));
        }
        index
    }

    pub(super) fn owned_pods(&self, kind: &str, namespace: &str, name: &str) -> &[usize] {
        self.pods
            .get(&key(kind, namespace, name))
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn events_about(&self, kind: &str, namespace: &str, name: &str) -> &[usize] {
        self.events
            .get(&key(kind, namespace, name))
            .map_or(&[], Vec::as_slice)
    }
}

fn key(kind: &str, namespace: &str, name: &str) -> Key {
    (kind.to_owned(), namespace.to_owned(), name.to_owned())
}
