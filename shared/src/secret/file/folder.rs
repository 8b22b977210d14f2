//! The folder of a file, and the turns that runs take in it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::left_over;

/// The folder that a name is in, as it is written.
pub(super) fn of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The folder that a file is in, or is to be in: links are followed, so that it is the same by each of its names.
///
/// # Errors
/// When there is no such folder.
pub fn home(path: &Path) -> io::Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Ok(path) => Ok(of(&path).to_owned()),
        Err(_) => std::fs::canonicalize(of(path)),
    }
}

/// A turn in a folder: who takes one waits for all others that have one. The system ends it however we end.
///
/// It is the folder's, as a file that is replaced is another one each time. Nobody takes a second one while they
/// have one, so that no two runs wait for each other.
#[must_use]
pub struct Turn {
    _locked: Option<File>,
}

impl Turn {
    /// Waits for a turn, and tidies up after those whom the system has ended. Where it has no locks on folders, we go
    /// without.
    pub fn wait(home: &Path) -> Self {
        let folder = File::open(home).ok();
        let locked = folder.and_then(|folder| folder.lock().ok().map(|()| folder));
        left_over::sweep(home);
        Self { _locked: locked }
    }
}
