//! Ways through the facts that only some judgements take, made when first asked for.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::kinds::core::Event;
use super::kinds::pod::Pod;

type Key = (String, String, String);

/// Positions in the lists of pods and events.
#[derive(Default)]
pub(super) struct Index {
    owned: OnceLock<Positions>,
    about: OnceLock<Positions>,
    unsettled: OnceLock<Vec<usize>>,
}

type Positions = HashMap<Key, Vec<usize>>;

impl Index {
    /// Pods by the object that controls them.
    pub(super) fn owned(&self, pods: &[Pod], kind: &str, namespace: &str, name: &str) -> &[usize] {
        let owned = self.owned.get_or_init(|| {
            positions(pods, |pod| {
                let owner = pod.metadata.controller()?;
                Some(key(&owner.kind, &pod.metadata.namespace, &owner.name))
            })
        });
        of(owned, &key(kind, namespace, name))
    }

    /// Events by the object that they are about, the newest first.
    pub(super) fn about(
        &self,
        events: &[Event],
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> &[usize] {
        let about = self.about.get_or_init(|| {
            let mut all = positions(events, |event| {
                let about = &event.involved_object;
                Some(key(&about.kind, &about.namespace, &about.name))
            });
            for some in all.values_mut() {
                some.sort_by_key(|at| Reverse(events.get(*at).map(Event::last_seen)));
            }
            all
        });
        of(about, &key(kind, namespace, name))
    }

    /// Pods that do more or less than run.
    pub(super) fn unsettled(&self, pods: &[Pod]) -> &[usize] {
        self.unsettled.get_or_init(|| {
            let all = pods.iter().enumerate();
            all.filter(|(_, pod)| !pod.is_settled())
                .map(|(at, _)| at)
                .collect()
        })
    }
}

fn positions<F>(facts: &[F], key: impl Fn(&F) -> Option<Key>) -> Positions {
    let mut all = Positions::new();
    for (at, fact) in facts.iter().enumerate() {
        if let Some(key) = key(fact) {
            all.entry(key).or_default().push(at);
        }
    }
    all
}

fn of<'a>(all: &'a Positions, key: &Key) -> &'a [usize] {
    all.get(key).map_or(&[], Vec::as_slice)
}

fn key(kind: &str, namespace: &str, name: &str) -> Key {
    (kind.to_owned(), namespace.to_owned(), name.to_owned())
}
