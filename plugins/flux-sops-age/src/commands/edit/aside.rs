//! Where a text is put whose place was taken meanwhile, or cannot be written.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use shared::failure::Result;
use shared::secret;

use crate::io;

/// Keeps a text, which is encrypted, beside the file that it was made for; where nothing can be written there, among
/// temporary files. Says where.
///
/// # Errors
/// When it cannot be written there either.
pub(super) fn keep(path: &Path, text: &[u8]) -> Result<PathBuf> {
    let beside = of(path);
    let Err(failure) = io::put_sealed(Some(&beside), text) else {
        return Ok(beside);
    };
    let elsewhere = of(&std::env::temp_dir().join(path.file_name().unwrap_or_default()));
    let kept = secret::write_private(&elsewhere, text);
    kept.map(|()| elsewhere).map_err(|_| failure)
}

/// A name beside a file that nothing has yet: `s.edited-1.yaml` for `s.yaml`.
fn of(path: &Path) -> PathBuf {
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
