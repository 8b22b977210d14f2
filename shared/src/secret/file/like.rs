//! What a file that takes another one's place keeps of it: its permissions and its owner.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// The file that is to be replaced, if there is one.
///
/// # Errors
/// When it is read-only.
pub(super) fn before(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(before) if before.permissions().readonly() => {
            Err(io::Error::other("the file is read-only"))
        }
        Ok(before) => Ok(Some(before)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a new file like the one before it.
pub(super) fn make(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    keep_owner(before, file);
    file.set_permissions(before.permissions())
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
