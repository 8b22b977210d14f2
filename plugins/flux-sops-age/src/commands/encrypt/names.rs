//! Further names of a file (hard links), which would keep its plain text when the file is replaced.

use std::path::Path;

use shared::failure::Result;

/// Refuses a file with other names than this.
#[cfg(unix)]
pub(super) fn refuse_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;

    use shared::failure::{Context, Failure};
    use shared::sops::exit;

    let names = std::fs::metadata(path)
        .context("cannot be looked at")?
        .nlink();
    if names > 1 {
        return Err(Failure::new(format!(
            "the file has {names} names (hard links), and would stay plain under the others"
        ))
        .hint(format!("find them: find . -samefile {}", path.display()))
        .exit(exit::WRITE));
    }
    Ok(())
}

/// Other systems do not tell.
#[cfg(not(unix))]
pub(super) fn refuse_others(_: &Path) -> Result<()> {
    Ok(())
}
