//! Which files a Flux Kustomization builds: the folder of its path, and what the kustomization files in it name.
//!
//! Told generously: any text of a kustomization file that is a path of the tree counts, for it decides only where
//! decryption is needed, and where it is not needed it does no harm.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use shared::sops::tree::{Item, Value};
use shared::sops::yaml;

use super::walk;

/// The names by which kustomize knows its own files.
pub(crate) const OWN: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The files that are reached from `path`, a path of Flux's: below the root of the tree.
pub(crate) fn files(root: &Path, path: &str) -> BTreeSet<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut files = BTreeSet::new();
    let mut folders = vec![plain(&root.join(path.trim_start_matches('/')))];
    while let Some(folder) = folders.pop() {
        if !folder.starts_with(root) || !seen.insert(folder.clone()) {
            continue;
        }
        let Some(own) = OWN
            .iter()
            .map(|name| folder.join(name))
            .find(|own| own.is_file())
        else {
            // Flux takes every file of a folder without one.
            for file in walk::files(&folder).unwrap_or_default() {
                let is_own = file
                    .file_name()
                    .is_some_and(|name| OWN.iter().any(|own| name == *own));
                match file.parent() {
                    Some(parent) if is_own => folders.push(parent.to_owned()),
                    _ => {
                        files.insert(file);
                    }
                }
            }
            continue;
        };
        let text = fs::read_to_string(&own).unwrap_or_default();
        let mut named = Vec::new();
        for root in yaml::read(&text).map(|read| read.0).unwrap_or_default() {
            texts(&Value::Map(root), &mut named);
        }
        for name in named {
            let name = name.rsplit('=').next().unwrap_or(&name);
            let target = plain(&folder.join(name));
            if name.is_empty() || target == folder {
                continue;
            }
            if target.is_dir() {
                folders.push(target);
            } else if target.is_file() && target.starts_with(root) {
                files.insert(target);
            }
        }
    }
    files
}

fn texts(value: &Value, out: &mut Vec<String>) {
    if let Some(text) = value.as_str() {
        out.push(text.to_owned());
    }
    for node in value
        .items()
        .unwrap_or_default()
        .iter()
        .filter_map(Item::node)
    {
        texts(&node.value, out);
    }
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kustomization_files_name_is_reached_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |name: &str, text: &str| {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), text).unwrap();
        };
        write(
            "apps/kustomization.yaml",
            "resources: [../base, a.yaml]\nsecretGenerator: [{files: [token=t.enc.json]}]\n",
        );
        write("apps/a.yaml", "");
        write("apps/t.enc.json", "");
        write("apps/unnamed.enc.yaml", "");
        write("base/deep/b.enc.yaml", "");
        write("other/c.enc.yaml", "");
        let names: Vec<String> = files(root, "./apps")
            .iter()
            .map(|path| path.strip_prefix(root).unwrap().display().to_string())
            .collect();
        assert_eq!(
            names,
            ["apps/a.yaml", "apps/t.enc.json", "base/deep/b.enc.yaml"]
        );
        assert_eq!(files(root, "./").len(), 5);
        assert!(files(root, "../..").is_empty());
    }
}
