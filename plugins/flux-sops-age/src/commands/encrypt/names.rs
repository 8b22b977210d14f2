//! Further names of a file (hard links), which would keep its plain text when the file is replaced.

use std::path::Path;

use shared::failure::{Failure, Result};
use shared::secret;
use shared::sops::exit;

use crate::shell::word;

/// Refuses a file with other names than this.
pub(super) fn refuse_others(path: &Path) -> Result<()> {
    let names = secret::names(path);
    if names > 1 {
        return Err(Failure::new(format!(
            "the file has {names} names (hard links), and would stay plain under the others"
        ))
        .hint(format!("find them: find . -samefile {}", word(path)))
        .exit(exit::WRITE));
    }
    Ok(())
}
