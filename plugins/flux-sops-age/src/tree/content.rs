//! The bytes of a file, as long as it is one and not too large.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

/// Larger files are no manifests: Flux takes 5 MiB, and what is larger than this many bytes is not held whole.
const LARGE: u64 = 64 << 20;

/// What is found at a path.
pub(super) enum Content {
    /// A file's bytes.
    Whole(Zeroizing<Vec<u8>>),
    /// A file that is not held.
    TooLarge,
    /// No regular file.
    NoFile,
}

/// Reads a path; a link is followed where it is meant.
pub(super) fn read(path: &Path, follow: bool) -> io::Result<Content> {
    let metadata = if follow {
        fs::metadata(path)
    } else {
        fs::symlink_metadata(path)
    };
    if !metadata?.is_file() {
        return Ok(Content::NoFile);
    }
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > LARGE {
        return Ok(Content::TooLarge);
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(
        usize::try_from(length).unwrap_or_default(),
    ));
    file.take(LARGE).read_to_end(&mut bytes)?;
    Ok(Content::Whole(bytes))
}
