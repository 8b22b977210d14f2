//! Where a text is put whose place was taken meanwhile.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A name beside a file that nothing has yet: `s.edited-1.yaml` for `s.yaml`.
pub(super) fn of(path: &Path) -> PathBuf {
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    let dot = if extension.is_empty() { "" } else { "." };
    let mut number = 1;
    loop {
        let aside = path.with_file_name(format!("{stem}.edited-{number}{dot}{extension}"));
        if !aside.exists() {
            return aside;
        }
        number += 1;
    }
}
