//! Puts documents together into the lists of kinds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::content::Content;
use super::gathered::Gathered;
use crate::facts::meta::Place;
use crate::facts::{Gap, Kind, Lists, Reason};
use crate::failure::Result;

/// Lists that fill document by document.
#[derive(Default)]
pub(crate) struct Collector {
    gathered: Gathered,
    unreadable: BTreeMap<Kind, String>,
}

impl Collector {
    /// Adds what a file holds.
    pub(super) fn add(&mut self, content: Content, path: &Arc<str>) {
        let place = |line| Place {
            path: path.clone(),
            line,
        };
        match content {
            Content::Large(gathered) => {
                self.gathered.absorb(*gathered, Some(&place(None)));
                self.note_unreadable(&place(None));
            }
            Content::Documents(documents) => {
                for (document, line) in documents {
                    self.gathered.add(document, Some(&place(line)));
                    self.note_unreadable(&place(line));
                }
            }
        }
    }

    /// Adds what a file among others holds, or that it cannot be read.
    pub(super) fn add_read(&mut self, content: Result<Content>, path: &Path) {
        match content {
            Ok(content) => self.add(content, &path.display().to_string().into()),
            Err(failure) => self.cannot_read(None, failure.to_string()),
        }
    }

    /// Says where that was which could not be read.
    fn note_unreadable(&mut self, place: &Place) {
        for unreadable in std::mem::take(&mut self.gathered.unreadable) {
            self.cannot_read(unreadable.kind, format!("{place}: {}", unreadable.why));
        }
    }

    /// What could not be read first, and why.
    pub(super) fn first_unreadable(&self) -> Option<&str> {
        self.unreadable.values().next().map(String::as_str)
    }

    /// Notes that something of a kind, or of any, could not be read.
    pub(crate) fn cannot_read(&mut self, kind: Option<Kind>, why: String) {
        match kind {
            Some(kind) => {
                self.unreadable.entry(kind).or_insert(why);
            }
            None => {
                for kind in Kind::ALL {
                    self.unreadable.entry(*kind).or_insert_with(|| why.clone());
                }
            }
        }
    }

    /// How many objects there are.
    pub(crate) fn count(&self) -> usize {
        self.gathered.count()
    }

    /// Ends with what absence means: in a file that holds a Node and a Namespace, which is a whole
    /// cluster, there is nothing of an absent kind; in any other nobody knows.
    pub(crate) fn finish(mut self) -> Lists {
        let mut lists = self.gathered.lists;
        let is_whole = !lists.Node.items.is_empty() && !lists.Namespace.items.is_empty();
        for kind in Kind::ALL {
            let unreadable = self.unreadable.remove(kind);
            let is_seen = is_whole || lists.count(*kind) > 0;
            *lists.gap_mut(*kind) = match unreadable {
                Some(why) => Some(Gap::new(Reason::Unreadable, why)),
                None if is_seen => None,
                None => Some(Gap::new(Reason::NotInFile, "the file holds none")),
            };
        }
        lists
    }
}
