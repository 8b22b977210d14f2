//! Reads the archive of a snapshot, without unpacking it to a disk.

use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use tar::Archive;

use super::index::{self, Index};
use super::read::{Snapshot, read_index};
use crate::facts::Facts;
use crate::failure::{Failure, Result};
use crate::source::content::read_bytes;

/// Whether bytes begin as those of an archive do.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Reads an archive; `name` is what to call it in a failure.
pub(crate) fn read_archive(archive: impl Read, name: &str, at: Option<Timestamp>) -> Result<Facts> {
    let malformed =
        |error: std::io::Error| Failure::new(format!("cannot read the archive: {name}: {error}"));
    let mut archive = Archive::new(MultiGzDecoder::new(archive));
    let mut snapshot = Snapshot::default();
    let mut index: Option<Index> = None;
    for entry in archive.entries().map_err(malformed)? {
        let mut entry = entry.map_err(malformed)?;
        let path = entry.path().map_err(malformed)?.into_owned();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let mut text = Vec::new();
        entry.read_to_end(&mut text).map_err(malformed)?;
        if file == index::FILE {
            index = Some(read_index(&text)?);
        } else if Path::new(file.as_ref())
            .extension()
            .is_some_and(|suffix| suffix == "json")
        {
            snapshot.add(read_bytes(text, &file));
        }
    }
    let index = index.ok_or_else(|| {
        Failure::new(format!("the archive holds no snapshot: {name}"))
            .hint("make one with: kubectl platform snapshot -f FILE.tar.gz")
    })?;
    Ok(snapshot.facts(&index, at))
}
