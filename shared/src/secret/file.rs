//! Files that only their owner reads, and files replaced as a whole.

#[cfg(target_os = "linux")]
mod unnamed;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The end of the name that a file has for a moment while it takes another one's place.
const BETWEEN: &str = ".being-replaced";

/// Whether a file has the name that only a run that was killed leaves behind: the next one writes over it.
pub fn is_left_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') && name.ends_with(BETWEEN)
}

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

/// Replaces the contents of `path` as a whole: whoever looks, and whatever happens, finds the old file or the
/// new one. Symbolic links are followed. The permissions of an existing file stay, and its owner where that is
/// allowed; a new one is its owner's alone. What is no file, such as a pipe, is written to.
///
/// # Errors
/// When the file is read-only or cannot be written; it is then as it was.
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    match rename_over(path, contents)? {
        Some(folder) => sync_folder(&folder),
        None => Ok(()),
    }
}

/// Files that are replaced together: that their new names last is made sure once for each folder.
#[derive(Default)]
pub struct Together(Mutex<BTreeSet<PathBuf>>);

impl Together {
    /// Replaces the contents of `path` as [`replace`] does; the name lasts once [`finish`](Self::finish) is done.
    ///
    /// # Errors
    /// When the file is read-only or cannot be written; it is then as it was.
    pub fn replace(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let folder = rename_over(path, contents)?;
        let mut folders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        folders.extend(folder);
        Ok(())
    }

    /// Makes the new names last.
    ///
    /// # Errors
    /// When the system cannot promise it.
    pub fn finish(self) -> io::Result<()> {
        let folders = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        folders.iter().try_for_each(|folder| sync_folder(folder))
    }
}

/// Puts a new file, which is on the disk, under the name; says in which folder.
fn rename_over(path: &Path, contents: &[u8]) -> io::Result<Option<PathBuf>> {
    if is_stream(path) {
        let mut stream = OpenOptions::new().append(true).open(path)?;
        stream.write_all(contents)?;
        return Ok(None);
    }
    let path = follow(path)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let before = match fs::metadata(&path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let permissions = before.as_ref().map(fs::Metadata::permissions);
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::other("the file is read-only"));
    }
    let fill = |file: &mut File| {
        file.write_all(contents)?;
        #[cfg(unix)]
        if let Some(before) = &before {
            keep_owner(before, file);
        }
        if let Some(permissions) = permissions.clone() {
            file.set_permissions(permissions)?;
        }
        file.sync_all()
    };
    #[cfg(target_os = "linux")]
    if unnamed::replace(folder, &path, fill)? {
        return Ok(Some(folder.to_owned()));
    }
    // A temporary file is its owner's alone from its creation.
    let mut new = tempfile::Builder::new()
        .prefix(".")
        .suffix(".new")
        .tempfile_in(folder)?;
    fill(new.as_file_mut())?;
    new.persist(&path).map_err(|error| error.error)?;
    Ok(Some(folder.to_owned()))
}

/// Whether a name stands for what is open already, or for what is neither a file nor to become one.
fn is_stream(path: &Path) -> bool {
    let open = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"];
    open.iter().any(|open| path.starts_with(open))
        || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Gives a file the owner that another one has. Only an administrator may: whoever may write a file of somebody
/// else gets one of their own.
#[cfg(unix)]
fn keep_owner(before: &fs::Metadata, file: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_other = |now: fs::Metadata| (now.uid(), now.gid()) != (before.uid(), before.gid());
    if file.metadata().is_ok_and(is_other)
        && fchown(file, Some(before.uid()), Some(before.gid())).is_err()
    {
        // A group that we belong to may be given.
        let _ = fchown(file, None, Some(before.gid()));
    }
}

/// Where a chain of symbolic links ends.
fn follow(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => fs::canonicalize(path),
        _ => Ok(path.to_owned()),
    }
}

/// Makes the new name of a file last.
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
