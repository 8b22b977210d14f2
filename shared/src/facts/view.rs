//! Facts as one check sees them: just the kinds that it declares.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use jiff::Timestamp;

use super::Facts;
use super::kind::{Fact, Kind};
use super::kinds::core::{ConfigMap, Event};
use super::kinds::platform_config::PlatformConfig;
use super::kinds::pod::Pod;
use super::need::Need;
use super::sorted;
use crate::object::ObjectRef;

/// What was asked, and of which namespace and name.
type Question = (&'static str, String, String);

/// Facts limited to declared needs. Of a kind that was not declared it shows nothing.
pub struct View<'a> {
    facts: &'a Facts,
    needs: &'static [Need],
    touched: Cell<u128>,
    known: RefCell<HashMap<Question, Rc<[ObjectRef]>>>,
}

impl<'a> View<'a> {
    /// Facts for a check with these needs.
    pub fn new(facts: &'a Facts, needs: &'static [Need]) -> Self {
        Self {
            facts,
            needs,
            touched: Cell::new(0),
            known: RefCell::default(),
        }
    }

    /// The time at which the facts are judged.
    pub fn now(&self) -> Timestamp {
        self.facts.now
    }

    /// What the people of the platform say about it: in a file, else in the cluster.
    pub fn config(&self) -> Option<&'a PlatformConfig> {
        let heard = ConfigMap::heard(self.all::<ConfigMap>());
        let read = heard.and_then(ConfigMap::platform);
        self.facts
            .config()
            .or(read.and_then(|read| read.as_ref().ok()))
    }

    /// All objects of a kind, by namespace and name.
    pub fn all<F: Fact>(&self) -> &'a [F] {
        self.touched.set(self.touched.get() | bit(F::KIND));
        if self.needs.iter().any(|need| need.kind == F::KIND) {
            self.facts.all::<F>()
        } else {
            &[]
        }
    }

    /// One object.
    pub fn get<F: Fact>(&self, namespace: &str, name: &str) -> Option<&'a F> {
        let all = self.all::<F>();
        all.binary_search_by(|fact| {
            let meta = fact.meta();
            (meta.namespace.as_str(), meta.name.as_str()).cmp(&(namespace, name))
        })
        .ok()
        .map(|at| &all[at])
    }

    /// Whether an object is in the list of a kind; in that of `Custom` by its own kind and group.
    pub fn has<F: Fact>(&self, object: &ObjectRef) -> bool {
        sorted::find(self.all::<F>(), object).is_some()
    }

    /// Whether the kind was read whole, so that absence is a fact.
    pub fn knows<F: Fact>(&self) -> bool {
        self.needs.iter().any(|need| need.kind == F::KIND)
            && self
                .facts
                .gap(F::KIND)
                .is_none_or(|gap| gap.reason == super::Reason::NotInstalled)
    }

    /// Whether there is no such object, where absence is a fact.
    pub fn lacks<F: Fact>(&self, namespace: &str, name: &str) -> bool {
        self.get::<F>(namespace, name).is_none() && self.knows::<F>()
    }

    /// Pods whose controller is this object.
    pub fn pods_of(
        &self,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> impl Iterator<Item = &'a Pod> {
        let pods = self.all::<Pod>();
        let owned = self.facts.index.owned(pods, kind, namespace, name);
        owned.iter().filter_map(|at| pods.get(*at))
    }

    /// Pods that do more or less than run, mostly few of many: see [`Pod::is_settled`].
    pub fn unsettled_pods(&self) -> impl Iterator<Item = &'a Pod> {
        let pods = self.all::<Pod>();
        let unsettled = self.facts.index.unsettled(pods).iter();
        unsettled.filter_map(|at| pods.get(*at))
    }

    /// Warnings about an object, the newest first.
    pub fn warnings_about(&self, object: &ObjectRef) -> impl Iterator<Item = &'a Event> {
        let events = self.all::<Event>();
        let index = &self.facts.index;
        let about = index.about(events, &object.kind, object.namespace(), &object.name);
        about
            .iter()
            .filter_map(|at| events.get(*at))
            .filter(|event| event.r#type == "Warning")
    }

    /// What was found out before under the same name (what was asked, and of which namespace and name), or now: where
    /// much fails, each failure asks the same.
    pub fn once(
        &self,
        (asked, namespace, name): (&'static str, &str, &str),
        find: impl FnOnce() -> Rc<[ObjectRef]>,
    ) -> Rc<[ObjectRef]> {
        let key = (asked, namespace.to_owned(), name.to_owned());
        let known = self.known.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = find();
            self.known.borrow_mut().insert(key, found.clone());
            found
        })
    }

    /// Whether the check asked for this kind since the view was made.
    pub fn touched(&self, kind: Kind) -> bool {
        self.touched.get() & bit(kind) != 0
    }
}

/// A set of kinds as bits; the table has well under 128 rows, which a test below keeps true.
fn bit(kind: Kind) -> u128 {
    1_u128.checked_shl(kind as u32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_bit() {
        assert!(Kind::ALL.iter().all(|kind| bit(*kind) != 0));
    }
}
