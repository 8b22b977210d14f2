//! What one `kustomization.yaml`, or what it is called instead, says.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::generated::generated;
use crate::lexical::plain;
use crate::source::document::Document;

/// The names that kustomize looks for.
pub(in crate::source::files) const NAMES: [&str; 3] =
    ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Lists of files and folders that hold objects.
const RESOURCES: [&str; 3] = ["resources", "bases", "components"];

/// Lists of files that change objects, or make them, and are none.
const PATCHES: [&str; 7] = [
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "replacements",
    "transformers",
    "generators",
    "configurations",
];

/// Lists of what makes an object each: the kind.
const GENERATORS: [(&str, &str); 2] = [
    ("configMapGenerator", "ConfigMap"),
    ("secretGenerator", "Secret"),
];

/// A kustomization; its paths are those of the tree.
pub(super) struct Plan {
    pub(super) path: PathBuf,
    pub(super) namespace: String,
    pub(super) resources: Vec<PathBuf>,
    pub(super) patches: Vec<PathBuf>,
    said: Value,
}

impl Plan {
    /// Reads it, where it is one. What is malformed is told by who reads the file for objects.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let text = NAMES.contains(&name).then(|| fs::read_to_string(path))?;
        let options = serde_saphyr::options! { with_snippet: false };
        let said: Value = serde_saphyr::from_str_with_options(&text.ok()?, options).ok()?;
        let api_version = said["apiVersion"].as_str().unwrap_or_default();
        let is_ours = api_version.is_empty() || api_version.starts_with("kustomize.config.k8s.io/");
        if !said.is_object() || !is_ours {
            return None;
        }
        let folder = path.parent()?;
        let paths = |lists: &[&str]| -> Vec<PathBuf> {
            let all = lists
                .iter()
                .filter_map(|list| said[*list].as_array())
                .flatten();
            let named = all.filter_map(|one| one.as_str().or(one["path"].as_str()));
            // A patch may be written down in place.
            let named = named.filter(|name| !name.contains('\n'));
            named.map(|name| plain(&folder.join(name))).collect()
        };
        Some(Self {
            path: path.to_owned(),
            namespace: said["namespace"].as_str().unwrap_or_default().to_owned(),
            resources: paths(&RESOURCES),
            patches: paths(&PATCHES),
            said,
        })
    }

    /// What it generates in a namespace.
    pub(super) fn generated(&self, namespace: &str) -> Vec<Document> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let each = |(list, kind): (&str, &'static str)| {
            let all = self.said[list].as_array().into_iter().flatten();
            all.filter_map(move |one| generated(one, kind, namespace, folder))
                .collect::<Vec<_>>()
        };
        GENERATORS.into_iter().flat_map(each).collect()
    }
}
