//! What was read so far, kind by kind; each object knows which one of all it was.

use super::document::{Document, Unreadable};
use crate::facts::meta::Place;
use crate::facts::{Fact, Kind, Lists, for_kind};

/// Lists that fill as documents are read.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) lists: Lists,
    pub(super) unreadable: Vec<Unreadable>,
    count: usize,
}

impl Gathered {
    /// How many objects there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Adds what a document holds; `place` is where it was read, for files of a person.
    pub(super) fn add(&mut self, document: Document, place: Option<&Place>) {
        for mut fact in document.objects {
            let meta = fact.meta_mut();
            meta.place = place.cloned();
            meta.position = self.count;
            self.count += 1;
            self.lists.push(fact);
        }
        self.unreadable.extend(document.unreadable);
    }

    /// Adds all that was gathered elsewhere.
    pub(super) fn absorb(&mut self, mut other: Self, place: Option<&Place>) {
        for kind in Kind::ALL {
            for_kind!(*kind, F => {
                let items = &mut F::listing_mut(&mut other.lists).items;
                for fact in items.iter_mut() {
                    let meta = fact.meta_mut();
                    meta.place = place.cloned();
                    meta.position += self.count;
                }
                let own = &mut F::listing_mut(&mut self.lists).items;
                if own.is_empty() {
                    std::mem::swap(own, items);
                } else {
                    own.append(items);
                }
            });
        }
        self.count += other.count;
        self.unreadable.append(&mut other.unreadable);
    }
}
