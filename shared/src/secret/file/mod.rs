//! Files that only their owner reads, and files replaced as a whole.

mod folder;
mod left_over;
mod like;
mod named;
mod readers;
mod staged;
#[cfg(target_os = "linux")]
mod unnamed;

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use readers::Readers;

pub use folder::{Turn, home};
pub use left_over::is_left_over;
pub use staged::{Staged, at_once, end_naming, flush, stage};

/// Creates a file that only its owner can read, from its first moment.
///
/// # Errors
/// When the file exists already, or cannot be created.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a new file that only its owner can read. It lasts when this returns.
///
/// # Errors
/// When the file exists already, or cannot be written: there is then none.
pub fn write_private(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = create_private(path)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key or backup is none, and would be in the way of a whole one.
        let _ = std::fs::remove_file(path);
    }
    written
}

/// Replaces the contents of `path` as a whole: whoever looks, and whatever happens, finds the old file or the
/// new one. Symbolic links are followed. The permissions of an existing file stay, and its owner where that is
/// allowed; a new one is its owner's alone. What is no file, such as a pipe, is written to.
///
/// Where a file system has no files without a name, and for a moment elsewhere, the new contents have a name beside
/// the file. No program hears of its own `SIGKILL`, or of a power failure: what stays there then is taken away with
/// the next [`Turn`] in that folder.
///
/// # Errors
/// When the file is read-only or cannot be written; it is then as it was.
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    match stage(path, contents)?.put()? {
        Some(folder) => keep_names([folder]),
        None => Ok(()),
    }
}

/// The same for what everybody may see: a new file has the rights that the system gives to new files. When the
/// power fails at once, the old file may be found again; [`keep_names`] is for those who go on from the new one.
///
/// # Errors
/// When the file is read-only or cannot be written; it is then as it was.
pub fn replace_public(path: &Path, contents: &[u8]) -> io::Result<()> {
    staged::stage_for(Readers::Usual, path, contents)?
        .put()
        .map(|_| ())
}

/// Whether a file is still what was found, or still not there. What is piped in cannot be read again, and is taken
/// to be.
pub fn is_still(path: &Path, found: Option<&[u8]>) -> bool {
    let now = || std::fs::read(path).ok().map(Zeroizing::new);
    staged::is_stream(path) || now().as_ref().map(|now| now.as_slice()) == found
}

/// How many names a file has (hard links): where it is replaced under one, the others keep what it was. Where the
/// system does not tell, and where there is no file, it is one.
pub fn names(path: &Path) -> u64 {
    match std::fs::metadata(path) {
        #[cfg(unix)]
        Ok(metadata) if metadata.is_file() => std::os::unix::fs::MetadataExt::nlink(&metadata),
        _ => 1,
    }
}

/// Makes the new names of files in these folders last.
///
/// # Errors
/// When the system cannot promise it.
pub fn keep_names(folders: impl IntoIterator<Item = PathBuf>) -> io::Result<()> {
    let folders: BTreeSet<PathBuf> = folders.into_iter().collect();
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_replaced_file_is_whole_and_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777,
            0o600
        );
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(replace(&path, b"three").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    #[test]
    fn a_private_file_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create_private(&path).unwrap();
        assert!(create_private(&path).is_err());
    }
}
