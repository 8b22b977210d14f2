//! What checks see: one small struct a kind, what is known of each kind, and views of it.

mod annotations;
mod camel_case;
mod index;
mod kind;
pub mod kinds;
mod listing;
pub mod meta;
mod need;
pub mod pairs;
pub mod shared;
mod sorted;
pub mod text;
pub mod time;
mod view;
mod wire;

use std::sync::OnceLock;

use jiff::Timestamp;

use crate::object::ObjectRef;
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
    index: index::Index,
    config: OnceLock<PlatformConfig>,
}

impl Facts {
    /// Takes what was read and brings it in order.
    pub fn new(cluster: Option<String>, now: Timestamp, is_live: bool, mut lists: Lists) -> Self {
        for kind in Kind::ALL {
            for_kind!(*kind, F => sorted::sort(&mut F::listing_mut(&mut lists).items));
        }
        Self {
            cluster,
            now,
            is_live,
            lists,
            index: index::Index::default(),
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
        self.lists.gap(kind)
    }

    /// How many objects of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.lists.count(kind)
    }

    /// The metadata of an object that was read.
    pub fn meta(&self, object: &ObjectRef) -> Option<&Meta> {
        let find = |kind| for_kind!(kind, F => sorted::find(self.all::<F>(), object));
        match Kind::known(&object.api_version, &object.kind) {
            Known::Yes(kind, _) => find(kind),
            // It may have been read in a version that its struct is right for.
            Known::OtherVersion(kind) => find(kind).or_else(|| find(Kind::Custom)),
            Known::No => find(Kind::Custom),
        }
    }

    /// Adds an object, or replaces what was known of it.
    pub fn put(&mut self, fact: AnyFact) {
        self.index = index::Index::default();
        fact.put_into(&mut self.lists);
    }

    /// Removes an object that is gone.
    pub fn remove(&mut self, fact: &AnyFact) {
        self.index = index::Index::default();
        fact.remove_from(&mut self.lists);
    }

    /// Removes the objects of a kind of which `is_gone` is true.
    pub(crate) fn forget(&mut self, kind: Kind, is_gone: impl Fn(&Meta) -> bool) {
        self.index = index::Index::default();
        for_kind!(kind, F => {
            F::listing_mut(&mut self.lists).items.retain(|fact| !is_gone(fact.meta()));
        });
    }

    /// Removes all objects of a kind, which is known anew but for the gap.
    pub(crate) fn clear(&mut self, kind: Kind, gap: Option<Gap>) {
        self.forget(kind, |_| true);
        *self.lists.gap_mut(kind) = gap;
    }

    /// Notes that not all of a kind is known, unless that is noted already.
    pub(crate) fn miss(&mut self, kind: Kind, gap: Gap) {
        self.lists.gap_mut(kind).get_or_insert(gap);
    }

    /// The lists, to be completed.
    pub(crate) fn lists_mut(&mut self) -> &mut Lists {
        self.index = index::Index::default();
        &mut self.lists
    }
}
