//! What checks see: one small struct a kind, what is known of each kind, and views of it.

mod index;
mod kind;
pub mod kinds;
mod listing;
pub mod meta;
mod need;
pub mod pairs;
pub mod shared;
pub mod text;
pub mod time;
mod view;
mod wire;

use std::sync::OnceLock;

use jiff::Timestamp;

use crate::object::{ObjectRef, group_of};
use kinds::platform_config::PlatformConfig;
use meta::Meta;

pub use kind::{AnyFact, Fact, Kind, Known, Lists, Scope, by_kind};
pub use listing::{Gap, Listing, Reason};
pub use need::{Layer, Need, Role, declared, live};
pub use view::View;

pub(crate) use kind::for_kind;

/// What is known of one cluster, snapshot or repository.
pub struct Facts {
    /// The cluster's name where several are looked at, or where a snapshot names it.
    pub cluster: Option<String>,
    /// The time at which all is judged.
    pub now: Timestamp,
    /// Whether the facts show a running system; manifests alone do not.
    pub is_live: bool,
    lists: Lists,
    index: OnceLock<index::Index>,
    config: OnceLock<PlatformConfig>,
}

impl Facts {
    /// Takes what was read and brings it in order.
    pub fn new(cluster: Option<String>, now: Timestamp, is_live: bool, mut lists: Lists) -> Self {
        for kind in Kind::ALL {
            for_kind!(*kind, F => sort(&mut F::listing_mut(&mut lists).items));
        }
        Self {
            cluster,
            now,
            is_live,
            lists,
            index: OnceLock::new(),
            config: OnceLock::new(),
        }
    }

    /// Notes what a file says about the platform, which goes before what the cluster holds.
    pub fn note_config(&self, config: &PlatformConfig) {
        self.config.get_or_init(|| config.clone());
    }

    /// What a file says about the platform.
    pub fn config(&self) -> Option<&PlatformConfig> {
        self.config.get()
    }

    /// All objects of a kind, by namespace and name.
    pub fn all<F: Fact>(&self) -> &[F] {
        &F::listing(&self.lists).items
    }

    /// What of a kind was not looked at.
    pub fn gap(&self, kind: Kind) -> Option<&Gap> {
        for_kind!(kind, F => F::listing(&self.lists).gap.as_ref())
    }

    /// How many objects of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        for_kind!(kind, F => F::listing(&self.lists).items.len())
    }

    /// The metadata of an object that was read.
    pub fn meta(&self, object: &ObjectRef) -> Option<&Meta> {
        let kind = match Kind::known(&object.api_version, &object.kind) {
            Known::Yes(kind, _) | Known::OtherVersion(kind) => kind,
            Known::No => Kind::Custom,
        };
        for_kind!(kind, F => find(self.all::<F>(), object))
    }

    /// Adds an object, or replaces what was known of it.
    pub fn put(&mut self, fact: AnyFact) {
        self.index.take();
        fact.put_into(&mut self.lists);
    }

    /// Removes an object that is gone.
    pub fn remove(&mut self, fact: &AnyFact) {
        self.index.take();
        fact.remove_from(&mut self.lists);
    }

    /// Removes the objects of a kind of which `is_gone` is true.
    pub(crate) fn forget(&mut self, kind: Kind, is_gone: impl Fn(&Meta) -> bool) {
        self.index.take();
        for_kind!(kind, F => {
            F::listing_mut(&mut self.lists).items.retain(|fact| !is_gone(fact.meta()));
        });
    }

    /// Removes all objects of a kind, which is known anew but for the gap.
    pub(crate) fn clear(&mut self, kind: Kind, gap: Option<Gap>) {
        self.forget(kind, |_| true);
        for_kind!(kind, F => F::listing_mut(&mut self.lists).gap = gap);
    }

    /// Notes that not all of a kind is known, unless that is noted already.
    pub(crate) fn miss(&mut self, kind: Kind, gap: Gap) {
        for_kind!(kind, F => {
            F::listing_mut(&mut self.lists).gap.get_or_insert(gap);
        });
    }

    /// The lists, to be completed.
    pub(crate) fn lists_mut(&mut self) -> &mut Lists {
        self.index.take();
        &mut self.lists
    }

    fn index(&self) -> &index::Index {
        self.index
            .get_or_init(|| index::Index::new(self.all(), self.all()))
    }
}

fn find<'a, F: Fact>(sorted: &'a [F], object: &ObjectRef) -> Option<&'a Meta> {
    let meta_at = |at| sorted.get(at).map(F::meta);
    let key = (object.namespace(), object.name.as_str());
    let at = position(sorted.len(), &meta_at, key, &object.kind, object.group()).ok()?;
    meta_at(at)
}

fn name(meta: &Meta) -> (&str, &str) {
    (&meta.namespace, &meta.name)
}

/// Sorts by namespace and name; objects of one name stay in their order. They are large, so only
/// their places are sorted, which is also the same code for all kinds.
fn sort<F: Fact>(items: &mut [F]) {
    let names: Vec<_> = items.iter().map(|item| name(item.meta())).collect();
    let mut to = places(&names);
    for at in 0..to.len() {
        while let Some(place) = to.get(at).copied().filter(|place| *place != at) {
            items.swap(at, place);
            to.swap(at, place);
        }
    }
}

/// Where each belongs; nothing where all are in order.
fn places(names: &[(&str, &str)]) -> Vec<usize> {
    if names.is_sorted() {
        return Vec::new();
    }
    let mut sorted: Vec<usize> = (0..names.len()).collect();
    sorted.sort_by_key(|at| names.get(*at));
    let mut places = vec![0; names.len()];
    for (place, at) in sorted.into_iter().enumerate() {
        places[at] = place;
    }
    places
}

/// Where an object is in a sorted list, or where it would be. Objects of the whole table are one
/// list for `Custom`, in which kind and group tell objects of one name apart.
fn position<'a>(
    count: usize,
    meta_at: &dyn Fn(usize) -> Option<&'a Meta>,
    key: (&str, &str),
    kind: &str,
    group: &str,
) -> Result<usize, usize> {
    let (mut start, mut end) = (0, count);
    while start < end {
        let middle = start.midpoint(end);
        if meta_at(middle).is_some_and(|meta| name(meta) < key) {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    let same = (start..).map_while(|at| Some((at, meta_at(at)?)));
    let mut same = same.take_while(|(_, meta)| name(meta) == key);
    let found = same.find(|(_, meta)| meta.kind == kind && group_of(&meta.api_version) == group);
    found.map(|(at, _)| at).ok_or(start)
}

fn position_of<F: Fact>(items: &[F], fact: &F) -> Result<usize, usize> {
    let meta = fact.meta();
    let group = group_of(&meta.api_version);
    let meta_at = |at| items.get(at).map(F::meta);
    position(items.len(), &meta_at, name(meta), &meta.kind, group)
}

fn put<F: Fact>(items: &mut Vec<F>, fact: F) {
    match position_of(items, &fact) {
        Ok(at) => items[at] = fact,
        Err(at) => items.insert(at, fact),
    }
}

fn remove<F: Fact>(items: &mut Vec<F>, fact: &F) {
    if let Ok(at) = position_of(items, fact) {
        items.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::kinds::pod::Pod;
    use super::*;

    fn pods(names: &[&str]) -> Vec<Pod> {
        let pods = names.iter().enumerate().map(|(position, name)| {
            let mut pod = Pod::default();
            pod.metadata.name = (*name).to_owned();
            pod.metadata.position = position;
            pod
        });
        pods.collect()
    }

    #[test]
    fn objects_are_sorted_by_name_and_otherwise_stay_in_their_order() {
        let mut all = pods(&["d", "b", "e", "a", "b", "c"]);
        sort(&mut all);
        let sorted = all
            .iter()
            .map(|pod| (&*pod.metadata.name, pod.metadata.position));
        let expected = [("a", 3), ("b", 1), ("b", 4), ("c", 5), ("d", 0), ("e", 2)];
        assert_eq!(sorted.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_object_is_put_where_it_was_or_where_it_belongs() {
        let mut all = pods(&["a", "c"]);
        pods(&["c", "b", "d"])
            .into_iter()
            .for_each(|pod| put(&mut all, pod));
        let names: Vec<_> = all.iter().map(|pod| &*pod.metadata.name).collect();
        assert_eq!(names, ["a", "b", "c", "d"]);
        remove(&mut all, &pods(&["b"])[0]);
        assert_eq!(all.len(), 3);
    }
}
