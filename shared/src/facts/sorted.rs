//! Lists in the order of their objects' names, in which each is found by halving.

use super::Fact;
use super::meta::Meta;
use crate::object::{ObjectRef, group_of};

pub(super) fn find<'a, F: Fact>(sorted: &'a [F], object: &ObjectRef) -> Option<&'a Meta> {
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
pub(super) fn sort<F: Fact>(items: &mut [F]) {
    let to = places(&mut items.iter().map(F::meta));
    arrange(to, &mut |a, b| items.swap(a, b));
}

/// Swaps until everything is where it belongs. Not to be compiled for each kind.
#[inline(never)]
fn arrange(mut to: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for at in 0..to.len() {
        while let Some(place) = to.get(at).copied().filter(|place| *place != at) {
            swap(at, place);
            to.swap(at, place);
        }
    }
}

/// Where each belongs; nothing where all are in order. Not to be compiled for each kind.
#[inline(never)]
fn places(metas: &mut dyn Iterator<Item = &Meta>) -> Vec<usize> {
    let names: Vec<_> = metas.map(name).collect();
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

pub(super) fn put<F: Fact>(items: &mut Vec<F>, fact: F) {
    match position_of(items, &fact) {
        Ok(at) => items[at] = fact,
        Err(at) => items.insert(at, fact),
    }
}

pub(super) fn remove<F: Fact>(items: &mut Vec<F>, fact: &F) {
    if let Ok(at) = position_of(items, fact) {
        items.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::kinds::pod::Pod;

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
