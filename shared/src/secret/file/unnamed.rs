//! A file that has no name until it is whole: whoever is killed while writing it leaves nothing behind.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open, syncfs};
use rustix::io::Errno;

use super::folder;
use super::readers::Readers;

/// How often others may take the name away that the file gets for a moment.
const ATTEMPTS: usize = 100;

/// A file without a name, and the name that it is to have.
pub(super) struct Unnamed {
    pub(super) file: File,
    pub(super) path: PathBuf,
}

impl Unnamed {
    /// Creates one beside `path`; nothing where this file system has none.
    pub(super) fn create(path: &Path, readers: Readers) -> io::Result<Option<Self>> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = match open(folder::of(path), flags, Mode::from_raw_mode(readers.mode())) {
            Ok(file) => File::from(file),
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let path = path.to_owned();
        let unnamed = Self { file, path };
        let is_seen = fs::symlink_metadata(unnamed.descriptor()).is_ok();
        Ok(is_seen.then_some(unnamed))
    }

    pub(super) fn folder(&self) -> &Path {
        folder::of(&self.path)
    }

    /// Lets the system write all that waits for this disk at once: file by file it would do so for each. What
    /// fails is told by each file's own flush.
    pub(super) fn flush_all(&self) {
        let _ = syncfs(&self.file);
    }

    /// Gives the file its name; says whether it can have one.
    ///
    /// Linux gives a file without a name no name that exists already, so that it gets another one before it is
    /// renamed. What a run that was killed between the two left under that name is overwritten by the next run.
    pub(super) fn name(&self) -> io::Result<bool> {
        let Some(name) = self.path.file_name() else {
            return Ok(false);
        };
        let mut between = OsString::from(".");
        between.push(name);
        between.push(super::left_over::BETWEEN);
        let between = self.folder().join(between);
        for _ in 0..ATTEMPTS {
            let linked = linkat(
                CWD,
                self.descriptor(),
                CWD,
                &between,
                AtFlags::SYMLINK_FOLLOW,
            );
            match linked {
                Ok(()) => match fs::rename(&between, &self.path) {
                    // Another run that replaces the same file took the name.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => {
                        let _ = fs::remove_file(&between);
                        return Err(error);
                    }
                    Ok(()) => return Ok(true),
                },
                Err(Errno::EXIST) => match fs::remove_file(&between) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                },
                // Not here, or not by that name: the usual way may do.
                Err(_) => return Ok(false),
            }
        }
        Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "other runs replace the same file",
        ))
    }

    fn descriptor(&self) -> String {
        format!("/proc/self/fd/{}", self.file.as_raw_fd())
    }
}
