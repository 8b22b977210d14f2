//! Writes snapshots: whole or not at all, and for nobody else to read.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, Header};
use tempfile::{NamedTempFile, TempDir};

use super::lists::files;
use crate::facts::Facts;
use crate::failure::{self, Failure, Result};

/// The folder that an archive unpacks to.
const FOLDER: &str = "platform-snapshot";

/// Writes a snapshot as a folder, which must not exist or be empty.
///
/// # Errors
/// When it cannot be written.
pub fn write_folder(facts: &Facts, folder: &Path) -> Result<()> {
    let unwritable = |error: std::io::Error| {
        Failure::new(format!(
            "cannot write the snapshot: {}: {}",
            folder.display(),
            failure::io(&error)
        ))
    };
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(
            Failure::new(format!("the folder is not empty: {}", folder.display()))
                .hint("name a new folder, or FILE.tar.gz"),
        );
    }
    let making = private_folder(parent(folder)).map_err(unwritable)?;
    files(facts, &mut |name, text| {
        let write = || {
            let mut file = NamedTempFile::new_in(making.path())?;
            file.write_all(text)?;
            file.persist(making.path().join(name))?;
            Ok(())
        };
        write().map_err(unwritable)
    })?;
    // A folder can only be put where none is.
    if folder.exists() {
        fs::remove_dir(folder).map_err(unwritable)?;
    }
    fs::rename(making.keep(), folder).map_err(unwritable)
}

/// Writes a snapshot as a `.tar.gz` file, replacing what is there.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(facts: &Facts, path: &Path) -> Result<()> {
    let unwritable = |error: std::io::Error| {
        Failure::new(format!(
            "cannot write the snapshot: {}: {}",
            path.display(),
            failure::io(&error)
        ))
    };
    let mut file = NamedTempFile::new_in(parent(path)).map_err(unwritable)?;
    write_archive(facts, &mut file)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}

/// Writes a snapshot as a `.tar.gz` archive.
///
/// # Errors
/// When the writer takes no more.
pub fn write_archive(facts: &Facts, out: &mut impl Write) -> Result<()> {
    let unwritable = |error: std::io::Error| {
        Failure::new(format!(
            "cannot write the snapshot: {}",
            failure::io(&error)
        ))
    };
    let mut archive = Builder::new(GzEncoder::new(out, Compression::default()));
    let time = u64::try_from(facts.now.as_second()).unwrap_or_default();
    files(facts, &mut |name, text| {
        let mut header = Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(time);
        let path = format!("{FOLDER}/{name}");
        archive
            .append_data(&mut header, path, text)
            .map_err(unwritable)
    })?;
    let gzip = archive.into_inner().map_err(unwritable)?;
    let out = gzip.finish().map_err(unwritable)?;
    out.flush().map_err(unwritable)
}

/// A new folder for its owner alone, as the files of `tempfile` are by themselves.
fn private_folder(parent: &Path) -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".snapshot-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(parent)
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
