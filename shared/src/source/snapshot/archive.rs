//! Reads the archive of a snapshot, without unpacking it to a disk.

use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use tar::Archive;

use super::index::{self, Index};
use super::read::{Snapshot, read_index};
use crate::facts::Facts;
use crate::failure::{Failure, Result};
use crate::source::content::read_bytes;

/// An archive unpacks to no more than this, and so many times its own size: archives are mailed, and what they hold is
/// kept in memory. Thousands of Pods that are alike but for their names unpack to a hundred times their size.
const LARGEST: u64 = 64 << 20;
const TIMES: u64 = 200;

/// Whether bytes begin as those of an archive do.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Reads an archive; `name` is what to call it in a failure.
pub(crate) fn read_archive(archive: &[u8], name: &str, at: Option<Timestamp>) -> Result<Facts> {
    let malformed = |error: io::Error| {
        Failure::new(format!("cannot read the archive: {name}: {}", why(&error)))
            .hint("of what is packed only snapshots are read: unpack all else")
    };
    let mut archive = Archive::new(Limited {
        left: LARGEST + TIMES * archive.len() as u64,
        unpacked: MultiGzDecoder::new(archive),
    });
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

/// Why an archive cannot be read, without the words of who reads it: those quote what is packed, which may be a Secret.
fn why(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::FileTooLarge => "it unpacks to more than a snapshot holds",
        io::ErrorKind::UnexpectedEof => "it ends too early",
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => "it is damaged",
        _ => "what is packed is no archive of files",
    }
}

/// What is unpacked, up to a limit.
struct Limited<R> {
    left: u64,
    unpacked: R,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn what_unpacks_to_more_than_a_snapshot_holds_is_refused() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        let mut header = tar::Header::new_gnu();
        header.set_path("platform-snapshot/index.json").unwrap();
        header.set_size(200 << 20);
        header.set_cksum();
        packed.write_all(header.as_bytes()).unwrap();
        for _ in 0..200 {
            packed.write_all(&[b' '; 1 << 20]).unwrap();
        }
        let packed = packed.finish().unwrap();
        let refused = read_archive(&packed, "mail.tar.gz", None).err().unwrap();
        assert_eq!(
            refused.to_string(),
            "cannot read the archive: mail.tar.gz: it unpacks to more than a snapshot holds"
        );
    }
    #[test]
    fn of_what_is_no_archive_nothing_is_said() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        let secret = r#"{"kind":"Secret","type":"Opaque","data":{"password":"Y29ycmVjdEhvcnNl"}}"#;
        packed.write_all(secret.repeat(20).as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let refused = read_archive(&packed, "secret.json.gz", None).err().unwrap();
        assert_eq!(
            refused.to_string(),
            "cannot read the archive: secret.json.gz: what is packed is no archive of files"
        );
    }
}
