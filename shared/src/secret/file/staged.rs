//! New contents of files, written before they take the place of the old.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use zeroize::Zeroizing;

use super::readers::Readers;
#[cfg(target_os = "linux")]
use super::unnamed::Unnamed;
use super::{like, named};

/// Held by whoever gives a file its name: for a moment it has another one, or another file has.
static NAMING: RwLock<()> = RwLock::new(());

/// Waits until no file is on the way to its name, and lets none set out any more: who ends the program then leaves no
/// other name behind.
pub fn end_naming() {
    std::mem::forget(NAMING.write().unwrap_or_else(PoisonError::into_inner));
}

/// New contents of a file. Dropped, they are gone, and the file is as it was.
#[must_use]
pub struct Staged(State);

enum State {
    #[cfg(target_os = "linux")]
    Unnamed(Unnamed),
    /// Where there are no files without a name, nothing is written yet: a run that is killed is to leave no more
    /// of them than it must.
    Waiting {
        path: PathBuf,
        contents: Zeroizing<Vec<u8>>,
        before: Option<Metadata>,
        readers: Readers,
    },
    /// A stream has it already.
    Sent,
}

/// Writes new contents for `path` as [`super::replace`] does, to be [`put`](Staged::put) under that name.
///
/// # Errors
/// When the file is read-only or cannot be written; it is then as it was.
pub fn stage(path: &Path, contents: &[u8]) -> io::Result<Staged> {
    stage_for(Readers::Owner, path, contents)
}

/// The same, where those may read the file if it is new.
pub(super) fn stage_for(readers: Readers, path: &Path, contents: &[u8]) -> io::Result<Staged> {
    if is_stream(path) {
        let mut stream = OpenOptions::new().append(true).open(path)?;
        stream.write_all(contents)?;
        return Ok(Staged(State::Sent));
    }
    let path = follow(path)?;
    let before = like::before(&path)?;
    let readers = match &before {
        // It is made like the one before it when it is whole.
        Some(_) => Readers::Owner,
        None => readers,
    };
    #[cfg(target_os = "linux")]
    if let Some(mut unnamed) = Unnamed::create(&path, readers)? {
        fill(&mut unnamed.file, contents, before.as_ref())?;
        return Ok(Staged(State::Unnamed(unnamed)));
    }
    Ok(Staged(State::Waiting {
        path,
        contents: Zeroizing::new(contents.to_vec()),
        before,
        readers,
    }))
}

/// How many may be staged at once: those without a name are open, and a process may have so many files open only.
pub fn at_once() -> usize {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, getrlimit};
        let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        usize::try_from(limit / 2).unwrap_or(usize::MAX).max(1)
    }
    #[cfg(not(target_os = "linux"))]
    usize::MAX
}

/// Starts to bring many to the disk at once, which takes little longer than it does for one of them. They are
/// only known to be there once they are put.
#[cfg(target_os = "linux")]
pub fn flush<'a>(staged: impl IntoIterator<Item = &'a Staged>) {
    for one in staged {
        if let State::Unnamed(unnamed) = &one.0 {
            return unnamed.flush_all();
        }
    }
}

/// Does nothing: what waits is written when it is put.
#[cfg(not(target_os = "linux"))]
pub fn flush<'a>(_: impl IntoIterator<Item = &'a Staged>) {}

impl Staged {
    /// Brings the contents to the disk and puts them under the file's name. Says in which folder: that the name
    /// lasts is for [`super::keep_names`].
    ///
    /// # Errors
    /// When that cannot be done; the file is then as it was.
    pub fn put(self) -> io::Result<Option<PathBuf>> {
        let naming = || NAMING.read().unwrap_or_else(PoisonError::into_inner);
        match self.0 {
            State::Sent => Ok(None),
            State::Waiting {
                path,
                contents,
                before,
                readers,
            } => {
                let _naming = naming();
                let fill = |file: &mut File| fill(file, &contents, before.as_ref());
                named::put(&path, readers, fill).map(Some)
            }
            #[cfg(target_os = "linux")]
            State::Unnamed(mut unnamed) => {
                unnamed.file.sync_all()?;
                let _naming = naming();
                let folder = if unnamed.name()? {
                    unnamed.folder().to_owned()
                } else {
                    named::put(&unnamed.path, Readers::Owner, |file| {
                        io::Seek::rewind(&mut unnamed.file)?;
                        io::copy(&mut unnamed.file, file)?;
                        like::make(file, &unnamed.file.metadata()?)
                    })?
                };
                Ok(Some(folder))
            }
        }
    }
}

fn fill(file: &mut File, contents: &[u8], before: Option<&Metadata>) -> io::Result<()> {
    file.write_all(contents)?;
    before.map_or(Ok(()), |before| like::make(file, before))
}

/// Whether a name stands for what is open already, or for what is neither a file nor to become one.
pub(super) fn is_stream(path: &Path) -> bool {
    let open = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    open.iter().any(|open| path.starts_with(open))
        || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Where a chain of symbolic links ends.
fn follow(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => fs::canonicalize(path),
        _ => Ok(path.to_owned()),
    }
}
