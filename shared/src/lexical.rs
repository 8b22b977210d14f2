//! Absolute paths, told by their words alone.

use std::path::{Component, Path, PathBuf};

/// A path without `.` and `..`, as rules are matched against it and as sops has it: links are not followed.
pub fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            part => absolute.push(part),
        }
    }
    absolute
}
