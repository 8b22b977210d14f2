//! All files below a folder, in the order of their names. Links are not followed: they may leave the tree.

use std::fs;
use std::path::{Path, PathBuf};

use shared::failure::{Failure, Result};
use shared::secret::is_left_over;
use shared::sops::exit;

/// The files below a folder; Git's own and what a killed run has left are none.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error: std::io::Error| {
            let why = shared::failure::io(&error);
            Failure::new(format!(
                "cannot read the folder {}: {why}",
                folder.display()
            ))
            .exit(exit::READ)
        };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() && entry.file_name() != ".git" {
                folders.push(entry.path());
            } else if kind.is_file() && !is_left_over(&entry.file_name()) {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
