//! Which files a Flux Kustomization builds: those that kustomize takes, starting from a folder.
//!
//! Where a folder has no `kustomization.yaml`, Flux takes all manifests below it, see
//! <https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file>.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Tree};

/// What builds what in a tree.
pub(crate) struct Coverage<'a> {
    /// The files, by their paths from the top.
    files: BTreeMap<&'a str, usize>,
    /// What the `kustomization.yaml` of a folder takes, as it is written there.
    builds: BTreeMap<&'a str, &'a [String]>,
}

impl<'a> Coverage<'a> {
    /// Looks at a tree.
    pub(crate) fn of(tree: &'a Tree) -> Self {
        let names = tree.files.iter().map(|file: &File| file.below_top.as_str());
        let builds = tree.files.iter().filter_map(|file| {
            let takes = file.manifests.takes.as_deref()?;
            let folder = file
                .below_top
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            Some((folder, takes))
        });
        Self {
            files: names.zip(0..).collect(),
            builds: builds.collect(),
        }
    }

    /// The numbers of the files that are built from a path.
    pub(crate) fn below(&self, path: &str) -> Vec<usize> {
        let mut found = BTreeSet::new();
        if let Some(folder) = join("", path) {
            self.visit(&folder, &mut found, &mut BTreeSet::new());
        }
        found.into_iter().collect()
    }

    fn visit(&self, folder: &str, found: &mut BTreeSet<usize>, seen: &mut BTreeSet<String>) {
        if !seen.insert(folder.to_owned()) {
            return;
        }
        if let Some(takes) = self.builds.get(folder) {
            for path in takes.iter().filter_map(|path| join(folder, path)) {
                match self.files.get(path.as_str()) {
                    Some(file) => {
                        found.insert(*file);
                    }
                    None => self.visit(&path, found, seen),
                }
            }
            return;
        }
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let below = self.files.range(prefix.as_str()..);
        for (path, file) in below.take_while(|(path, _)| path.starts_with(&prefix)) {
            match self.nearest_build(path, &prefix) {
                Some(build) => self.visit(&build, found, seen),
                None if is_manifest(path) => {
                    found.insert(*file);
                }
                None => {}
            }
        }
    }

    /// The uppermost folder with a `kustomization.yaml` on the way to a file.
    fn nearest_build(&self, path: &str, prefix: &str) -> Option<String> {
        let below = &path[prefix.len()..];
        let ends = below.match_indices('/').map(|(at, _)| prefix.len() + at);
        let mut folders = ends.map(|end| &path[..end]);
        folders
            .find(|folder| self.builds.contains_key(folder))
            .map(str::to_owned)
    }
}

fn is_manifest(path: &str) -> bool {
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|suffix| path.ends_with(suffix))
}

/// A path within the tree, without dots; none where it leads out of the tree or to a server.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kustomize_takes_what_it_names_and_flux_all_manifests() {
        let names = [
            "apps/auth/kustomization.yaml",
            "apps/auth/secret.enc.yaml",
            "apps/auth/left-out.enc.yaml",
            "apps/redis/secret.enc.yaml",
            "apps/README.md",
            "base/db/secret.enc.yaml",
        ];
        let takes = [
            "secret.enc.yaml".to_owned(),
            "../../base/db".to_owned(),
            "https://x.io/y".to_owned(),
        ];
        let coverage = Coverage {
            files: names.into_iter().zip(0..).collect(),
            builds: BTreeMap::from([("apps/auth", takes.as_slice())]),
        };
        assert_eq!(coverage.below("./apps"), [1, 3, 5]);
        assert_eq!(coverage.below("apps/auth/"), [1, 5]);
        assert_eq!(coverage.below("base"), [5]);
        assert!(coverage.below("../elsewhere").is_empty());
        assert!(coverage.below("app").is_empty());
    }
}
