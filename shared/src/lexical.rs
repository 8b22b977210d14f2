//! Paths, told by their words alone: links are not followed.

use std::path::{Component, Path, PathBuf};

/// An absolute path without `.` and `..`, as rules are matched against it and as sops has it.
pub fn absolute(here: &Path, path: &Path) -> PathBuf {
    plain(&here.join(path))
}

/// The same path without `.`, and without `..` but where a relative one leads above its start.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match (part, plain.components().next_back()) {
            (Component::CurDir, _)
            | (Component::ParentDir, Some(Component::RootDir | Component::Prefix(_))) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            (part, _) => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_nowhere_is_left_out() {
        for (path, expected) in [
            ("/srv/./git/../infra", "/srv/infra"),
            ("/../../srv", "/srv"),
            ("./apps/../base/x.yaml", "base/x.yaml"),
            ("../../base/..", "../.."),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(expected));
        }
        let here = Path::new("/srv/infra");
        assert_eq!(
            absolute(here, Path::new("../.sops.yaml")),
            Path::new("/srv/.sops.yaml")
        );
    }
}
