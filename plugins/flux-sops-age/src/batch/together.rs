//! Files that are replaced together: flushed at once, they are so much sooner on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use shared::failure::{Context, Result};
use shared::parallel;
use shared::secret::{self, Staged, Turn};
use zeroize::Zeroizing;

use super::workers;
use crate::{interrupt, io};

/// So many files at most are flushed together: more of them take as long.
const AT_ONCE: usize = 256;

/// Files by as many as are flushed together. As many again may be made ready meanwhile.
pub(super) fn portions<T>(files: &[T]) -> impl Iterator<Item = &[T]> {
    files.chunks(AT_ONCE.min(secret::at_once().div_ceil(2)))
}

/// A file that is to be replaced, where it is still what was found.
pub(crate) struct Planned {
    pub(crate) path: PathBuf,
    pub(crate) found: Zeroizing<Vec<u8>>,
    pub(crate) text: Vec<u8>,
}

/// Replaces files by what was planned for them.
///
/// # Errors
/// When one of them is another one by now, or cannot be written: it is then as it was, and others may be, too.
pub(crate) fn replace_planned(files: &[Planned]) -> Result<()> {
    let mut folders = BTreeSet::new();
    for files in portions(files) {
        let ready = parallel::map(files, workers, |file| {
            Ready::new(&file.path, file.found.clone(), &file.text)
        });
        let ready: Result<Vec<Ready<'_>>> = ready.into_iter().collect();
        for (number, put) in put(ready?.into_iter().enumerate().collect(), &mut folders) {
            if !put? {
                return Err(io::changed_meanwhile(&files[number].path));
            }
        }
    }
    secret::keep_names(folders)
        .context("the files were written, but may not last if the system fails now")
}

/// A file whose new contents are written, and do not have its name yet.
pub(super) struct Ready<'a> {
    path: &'a Path,
    found: Zeroizing<Vec<u8>>,
    home: Option<PathBuf>,
    staged: Staged,
}

impl<'a> Ready<'a> {
    /// Writes the contents.
    pub(super) fn new(path: &'a Path, found: Zeroizing<Vec<u8>>, text: &[u8]) -> Result<Self> {
        let staged = secret::stage(path, text).map_err(|error| io::unwritten(path, &error))?;
        Ok(Self {
            path,
            found,
            home: secret::home(path).ok(),
            staged,
        })
    }

    /// Gives them the name; says whether the file was still what was found. It is for the caller to have the turn.
    fn put(self) -> Result<bool> {
        let is_still = secret::is_still(self.path, Some(&self.found));
        if is_still {
            io::tell_other_names(self.path);
            let put = self.staged.put();
            put.map_err(|error| io::unwritten(self.path, &error))?;
        }
        Ok(is_still)
    }
}

/// Brings files to the disk and gives them their names. Says of each, by the number that it came with, whether it was
/// still what was found. Notes the folders in which there are new names.
pub(super) fn put(
    ready: Vec<(usize, Ready<'_>)>,
    folders: &mut BTreeSet<PathBuf>,
) -> Vec<(usize, Result<bool>)> {
    interrupt::heed();
    secret::flush(ready.iter().map(|(_, one)| &one.staged));
    let mut by_home: BTreeMap<Option<PathBuf>, Vec<(usize, Ready<'_>)>> = BTreeMap::new();
    for (number, one) in ready {
        let home = by_home.entry(one.home.clone()).or_default();
        home.push((number, one));
    }
    folders.extend(by_home.keys().flatten().cloned());
    let done = parallel::map(by_home, workers, |(home, files)| {
        let _turn = home.as_deref().map(Turn::wait);
        parallel::map(files, workers, |(number, one)| (number, one.put()))
    });
    done.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_is_another_one_by_now_stays() {
        let folder = tempfile::tempdir().unwrap();
        let planned = |name: &str, found: &str| Planned {
            path: folder.path().join(name),
            found: Zeroizing::new(found.into()),
            text: b"planned".to_vec(),
        };
        let files = [planned("a", "a"), planned("b", "another")];
        for file in &files {
            fs::write(
                &file.path,
                file.path.file_name().unwrap().as_encoded_bytes(),
            )
            .unwrap();
        }
        let failure = replace_planned(&files).unwrap_err().to_string();
        assert!(failure.contains("changed meanwhile"), "{failure}");
        assert_eq!(fs::read(&files[0].path).unwrap(), b"planned");
        assert_eq!(fs::read(&files[1].path).unwrap(), b"b");
    }
}
