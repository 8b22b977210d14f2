//! Where plain text lies while it is edited: in memory where the system has such storage, for its owner alone,
//! and gone on every exit.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use shared::failure::{self, Failure, Result};
use shared::secret;
use shared::sops::exit;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::interrupt::{self, Undo};

/// A folder with the one file.
pub(super) struct Desk {
    folder: TempDir,
    file: PathBuf,
    /// Removes the folder where we cannot.
    #[cfg(unix)]
    _guard: super::guard::Guard,
    _undo: Undo,
}

impl Desk {
    /// Lays the text out under the name of the file that it comes from.
    ///
    /// # Errors
    /// When there is no room for it.
    pub(super) fn new(path: &Path, text: &[u8]) -> Result<Self> {
        let failed = |error: std::io::Error| {
            let why = failure::io(&error);
            Failure::new(format!("cannot lay out the text for the editor: {why}")).exit(exit::WRITE)
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix("sops-age");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = match in_memory() {
            Some(memory) => builder.tempdir_in(memory),
            None => {
                cli::note!(
                    "warning: this system has no storage in memory: the plain text is on disk while it is edited"
                );
                builder.tempdir()
            }
        };
        let folder = folder.map_err(failed)?;
        #[cfg(unix)]
        let guard = super::guard::Guard::over(folder.path());
        let left = folder.path().to_owned();
        let undo = interrupt::undo(move || drop(fs::remove_dir_all(left)));
        let name = path.file_name().unwrap_or(std::ffi::OsStr::new("file"));
        let file = folder.path().join(name);
        secret::create_private(&file)
            .and_then(|mut open| open.write_all(text))
            .map_err(failed)?;
        Ok(Self {
            folder,
            file,
            #[cfg(unix)]
            _guard: guard,
            _undo: undo,
        })
    }

    /// The file.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// What the editor left.
    ///
    /// # Errors
    /// When it took the file away.
    pub(super) fn read(&self) -> Result<Zeroizing<Vec<u8>>> {
        fs::read(&self.file).map(Zeroizing::new).map_err(|error| {
            let why = failure::io(&error);
            Failure::new(format!("cannot read what the editor left: {why}")).exit(exit::READ)
        })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The folder goes by itself; the text in it is overwritten first, for storage that keeps what is removed.
        let length = fs::metadata(&self.file).map_or(0, |metadata| metadata.len());
        let blank = vec![0; usize::try_from(length).unwrap_or_default()];
        let _ = fs::write(&self.file, blank);
        let _ = fs::remove_dir_all(self.folder.path());
    }
}

/// A folder in memory.
#[cfg(target_os = "linux")]
fn in_memory() -> Option<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let folders = runtime.into_iter().chain([PathBuf::from("/dev/shm")]);
    folders
        .filter(|folder| {
            const TMPFS: i64 = 0x0102_1994;
            const RAMFS: i64 = 0x8584_58f6;
            // Its type differs from system to system.
            rustix::fs::statfs(folder).is_ok_and(|system| {
                [TMPFS, RAMFS]
                    .iter()
                    .any(|kind| i128::from(*kind) == i128::from(system.f_type))
            })
        })
        .find(|folder| tempfile::tempfile_in(folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn in_memory() -> Option<PathBuf> {
    None
}
