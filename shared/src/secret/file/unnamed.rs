//! A file that has no name until it is whole: whoever is killed while writing it leaves nothing behind.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
use rustix::io::Errno;

/// How often others may take the name away that the file gets for a moment.
const ATTEMPTS: usize = 100;

/// Replaces `path` in `folder` by a file that `fill` writes; says whether this file system can do so.
///
/// Linux gives a file without a name no name that exists already, so that it gets another one before it is renamed.
/// What a run that was killed between the two left under that name is overwritten by the next run.
pub(super) fn replace(
    folder: &Path,
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<bool> {
    let Some(name) = path.file_name() else {
        return Ok(false);
    };
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut file = match open(folder, flags, Mode::RUSR | Mode::WUSR) {
        Ok(file) => File::from(file),
        Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let own = format!("/proc/self/fd/{}", file.as_raw_fd());
    if fs::symlink_metadata(&own).is_err() {
        return Ok(false);
    }
    fill(&mut file)?;
    let mut between = OsString::from(".");
    between.push(name);
    between.push(super::BETWEEN);
    let between = folder.join(between);
    for _ in 0..ATTEMPTS {
        match linkat(CWD, &own, CWD, &between, AtFlags::SYMLINK_FOLLOW) {
            Ok(()) => match fs::rename(&between, path) {
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
