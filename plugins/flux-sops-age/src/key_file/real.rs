//! Where a path leads.

use std::path::{Path, PathBuf};

/// Where a file is or would be made, its links followed: those of folders, and that of its name though it leads to
/// nothing yet.
pub(super) fn real(path: &Path) -> PathBuf {
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(target) = std::fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(&path).join(target);
    }
    let found = path.ancestors().find_map(|above| {
        let real = std::fs::canonicalize(above).ok()?;
        Some((real, path.strip_prefix(above).ok()?.to_owned()))
    });
    match found {
        Some((real, rest)) if rest.as_os_str().is_empty() => real,
        Some((real, rest)) => real.join(rest),
        None => path,
    }
}
