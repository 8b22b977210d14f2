//! Where a configuration is found.

use std::path::{Path, PathBuf};

use super::NAME;

/// How many folders are looked at.
const DEPTH: usize = 100;

/// Where the configuration for a working directory is, and a name nearby that is passed over.
pub fn find(start: &Path) -> (Option<PathBuf>, Option<PathBuf>) {
    let mut passed_over = None;
    for folder in start.ancestors().take(DEPTH) {
        let path = folder.join(NAME);
        if path.exists() {
            return (Some(path), passed_over);
        }
        let other = folder.join(".sops.yml");
        if passed_over.is_none() && other.exists() {
            passed_over = Some(other);
        }
    }
    (None, passed_over)
}
