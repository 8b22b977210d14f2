//! What a killed run leaves behind: files with a name that nobody else gives, which the next run takes away.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

/// The end of the name that a file has for a moment while it takes another one's place.
pub(super) const BETWEEN: &str = ".being-replaced";

/// Whether a file has a name that only a run that was killed leaves behind: it is nobody's file, and may be half of one.
pub fn is_left_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') && name.ends_with(BETWEEN)
}

/// Takes away what killed runs have left in a folder: it may be plain text. Whoever is at work on such a file has
/// locked it, and what cannot be locked stays.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let left = entries.flatten().filter(|entry| {
        is_left_over(&entry.file_name()) && entry.file_type().is_ok_and(|kind| kind.is_file())
    });
    for path in left.map(|entry| entry.path()) {
        let file = File::open(&path);
        if file.as_ref().is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder::Turn;

    #[test]
    fn what_nobody_is_at_work_on_is_gone_with_the_next_turn() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let names = [".a.being-replaced", ".b.being-replaced", "c.being-replaced"];
        for name in names {
            std::fs::write(path(name), "secret").unwrap();
        }
        let at_work = std::fs::File::open(path(names[1])).unwrap();
        at_work.lock().unwrap();
        drop(Turn::wait(folder.path()));
        assert_eq!(names.map(|name| path(name).exists()), [false, true, true]);
        drop(at_work);
        drop(Turn::wait(folder.path()));
        assert!(!path(names[1]).exists());
    }
}
