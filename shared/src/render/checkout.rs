//! Where the working directory lies in its Git repository: for readers that know files from the top only.

use std::path::{Component, Path, PathBuf};

/// The way from the top of a repository to the working directory.
#[derive(Debug, Clone, Default)]
pub struct Checkout {
    top: Option<PathBuf>,
    below: PathBuf,
}

impl Checkout {
    /// That of the working directory; outside of a repository it is the top itself.
    pub fn here() -> Self {
        std::env::current_dir().map_or_else(|_| Self::default(), |folder| Self::of(&folder))
    }

    /// That of an absolute folder.
    pub fn of(folder: &Path) -> Self {
        let top = folder.ancestors().find(|top| top.join(".git").exists());
        let top = top.unwrap_or(folder);
        Self {
            below: folder.strip_prefix(top).unwrap_or(folder).to_owned(),
            top: Some(top.to_owned()),
        }
    }

    /// A path from the top, with slashes; none where it leads out of the repository.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        let path = Path::new(path);
        let path = match &self.top {
            Some(top) if path.is_absolute() => path.strip_prefix(top).ok()?.to_owned(),
            _ => self.below.join(path),
        };
        let mut parts = Vec::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::Normal(part) => parts.push(part.to_string_lossy()),
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_top_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
        let checkout = Checkout::of(&folder.path().join("repo/clusters/infra"));
        let inside = folder.path().join("repo/a b.yaml");
        for (path, from_top) in [
            ("./apps.yaml", Some("clusters/infra/apps.yaml")),
            ("../../a.yaml", Some("a.yaml")),
            ("../../../a.yaml", None),
            (inside.to_str().unwrap(), Some("a b.yaml")),
            ("/elsewhere/a.yaml", None),
        ] {
            assert_eq!(checkout.path(path).as_deref(), from_top, "{path}");
        }
    }
}
