//! Reads the folder of a snapshot, and puts together what its files hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::index::{self, Head, Index};
use crate::facts::{Facts, Gap, Kind, Reason};
use crate::failure::{self, Failure, Result};
use crate::malformed;
use crate::parallel;
use crate::source::content::{Content, read_file};
use crate::source::gathered::Gathered;

/// Whether a folder is a snapshot's, of whatever version.
pub(crate) fn is_snapshot(folder: &Path) -> bool {
    let index = fs::read(folder.join(index::FILE)).unwrap_or_default();
    Head::of(&index).is_ok_and(|head| head.is_index())
}

/// Reads a snapshot's folder, judged at the time it was taken or at another.
pub(crate) fn read_folder(folder: &Path, at: Option<Timestamp>) -> Result<Facts> {
    let path = folder.join(index::FILE);
    let index = fs::read(&path).map_err(|error| {
        let why = failure::io(&error);
        Failure::new(format!("cannot read {}: {why}", path.display()))
    })?;
    let index = read_index(&index)?;
    let mut snapshot = Snapshot::default();
    let names = index.read.iter().flat_map(|entry| &entry.files);
    // The index may come from anybody: its files are beside it, or are not read.
    let is_beside =
        |name: &&String| Path::new(name).components().count() == 1 && !name.starts_with('.');
    let paths: Vec<_> = names
        .filter(is_beside)
        .map(|name| folder.join(name))
        .collect();
    for file in parallel::map(&paths, parallel::workers, |path| read_file(path)) {
        snapshot.add(file);
    }
    Ok(snapshot.facts(&index, at))
}

/// Reads an index.
pub(super) fn read_index(text: &[u8]) -> Result<Index> {
    let malformed = |error| {
        let why = malformed::json(&error);
        Failure::new(format!("the snapshot's index is malformed: {why}"))
    };
    // An index of another version may be of another form.
    if Head::of(text).map_err(malformed)?.is_known() {
        serde_json::from_slice(text).map_err(malformed)
    } else {
        Err(Failure::new("the snapshot is of an unknown version")
            .hint("read it with the version that took it, or a newer one"))
    }
}

/// What the files of a snapshot hold.
#[derive(Default)]
pub(super) struct Snapshot {
    gathered: Gathered,
    unreadable: BTreeMap<Kind, String>,
    broken: Option<String>,
}

impl Snapshot {
    /// Adds what a file holds.
    pub(super) fn add(&mut self, file: Result<Content>) {
        match file {
            Ok(Content::Large(gathered)) => self.gathered.absorb(*gathered, None),
            Ok(Content::Documents(documents)) => documents
                .into_iter()
                .for_each(|(document, _)| self.gathered.add(document, None)),
            Err(failure) => self.broken = Some(failure.to_string()),
        }
    }

    /// Sorts what could not be read by kind.
    fn sort_unreadable(&mut self) {
        for unreadable in std::mem::take(&mut self.gathered.unreadable) {
            let Some(kind) = unreadable.kind else {
                self.broken = Some(unreadable.why);
                continue;
            };
            self.unreadable.entry(kind).or_insert(unreadable.why);
        }
    }

    /// The facts, as far as the files hold what the index says.
    pub(super) fn facts(mut self, index: &Index, at: Option<Timestamp>) -> Facts {
        self.sort_unreadable();
        let mut lists = self.gathered.lists;
        for kind in Kind::ALL {
            let resource = index::resource(*kind);
            let entry = index.read.iter().find(|entry| entry.resource == resource);
            let unreadable = self.unreadable.remove(kind).or(self.broken.clone());
            let found = lists.count(*kind);
            *lists.gap_mut(*kind) = match (entry, unreadable) {
                (None, _) => Some(Gap::new(Reason::NotInFile, "the snapshot does not hold it")),
                (Some(entry), _) if entry.gap.is_some() => entry.gap.clone(),
                (Some(entry), why) if found != entry.objects => {
                    let why = why.unwrap_or_else(|| {
                        format!("the snapshot holds {found} of {}", entry.objects)
                    });
                    Some(Gap::new(Reason::Unreadable, why))
                }
                (Some(_), Some(why)) => Some(Gap::new(Reason::Unreadable, why)),
                (Some(_), None) => None,
            };
        }
        Facts::new(None, at.unwrap_or(index.time), true, lists)
    }
}
