//! A file that has another name until it is whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::readers::Readers;
use super::{folder, left_over};

/// Replaces a file by one that has another name until it is on the disk.
pub(super) fn put(
    path: &Path,
    readers: Readers,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let folder = folder::of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(left_over::BETWEEN);
    readers.limit(&mut builder);
    let mut new = builder.tempfile_in(folder)?;
    // Until it is locked, another run takes it for what a killed one has left.
    while new.as_file().lock().is_ok() && !new.path().exists() {
        new = builder.tempfile_in(folder)?;
    }
    fill(new.as_file_mut())?;
    new.as_file().sync_all()?;
    new.persist(path).map_err(|error| error.error)?;
    Ok(folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::is_left_over;
    use super::*;

    #[test]
    fn what_a_killed_run_leaves_of_it_is_known_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        let mut names = Vec::new();
        let fill = |_: &mut File| {
            let entries = std::fs::read_dir(folder.path())?;
            names.extend(entries.flatten().map(|entry| entry.file_name()));
            Ok(())
        };
        put(&path, Readers::Owner, fill).unwrap();
        assert!(names.len() == 1 && is_left_over(&names[0]), "{names:?}");
    }
}
