//! The Flux Kustomizations in the files of a tree, and `decryption` written into them.

use std::path::{Path, PathBuf};

use shared::failure::Result;
use shared::sops::tree::{self, Item, Node, Value, find, find_mut};
use shared::sops::yaml;

use super::walk;

const GROUP: &str = "kustomize.toolkit.fluxcd.io/";
/// The file that `flux bootstrap` writes, and writes over.
const GENERATED: &str = "gotk-sync.yaml";

/// A Flux Kustomization in a file.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) file: PathBuf,
    /// Which document of the file.
    document: usize,
    pub(crate) name: String,
    /// Empty where the file leaves it to others.
    pub(crate) namespace: String,
    /// `spec.path`.
    pub(crate) path: String,
    /// The Secret it decrypts with, empty where it names none; nothing where it does not decrypt.
    pub(crate) decrypts_with: Option<String>,
}

impl Declared {
    /// Whether `flux bootstrap` owns the file.
    pub(crate) fn is_generated(&self) -> bool {
        self.file.file_name().is_some_and(|name| name == GENERATED)
    }

    /// `Kustomization NAME`
    pub(crate) fn shown(&self) -> String {
        format!("Kustomization {}", self.name)
    }
}

/// All Flux Kustomizations below a folder. A file that is no YAML of ours declares none.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn all(folder: &Path) -> Result<Vec<Declared>> {
    let mut found = Vec::new();
    for file in walk::files(folder)? {
        if !matches!(
            file.extension().and_then(|e| e.to_str()),
            Some("yaml" | "yml")
        ) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if !text.contains(GROUP) {
            continue;
        }
        let Ok((roots, _)) = yaml::read(&text) else {
            continue;
        };
        for (document, root) in roots.iter().enumerate() {
            found.extend(declared(&file, document, root));
        }
    }
    Ok(found)
}

fn declared(file: &Path, document: usize, root: &[Item]) -> Option<Declared> {
    let root = Value::Map(root.to_vec());
    let text = |value: Option<&Value>| {
        let text = value.and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    if !text(root.get("apiVersion")).starts_with(GROUP) || text(root.get("kind")) != "Kustomization"
    {
        return None;
    }
    let metadata = root.get("metadata")?;
    let spec = root.get("spec")?;
    let decryption = spec
        .get("decryption")
        .filter(|value| **value != Value::Null);
    Some(Declared {
        file: file.to_owned(),
        document,
        name: text(metadata.get("name")),
        namespace: text(metadata.get("namespace")),
        path: text(spec.get("path")),
        decrypts_with: decryption.map(|decryption| {
            text(
                decryption
                    .get("secretRef")
                    .and_then(|secret| secret.get("name")),
            )
        }),
    })
}

/// `decryption`, by a Secret or by the one that the controller knows.
fn decryption(secret: Option<&str>) -> Value {
    let provider = ("provider", Value::text("sops"));
    match secret {
        Some(name) => Value::map([
            provider,
            ("secretRef", Value::map([("name", Value::text(name))])),
        ]),
        None => Value::map([provider]),
    }
}

/// The text of the Kustomization's file with `decryption` in it.
///
/// # Errors
/// When the text is no YAML.
pub(crate) fn with_decryption(
    text: &str,
    which: &Declared,
    secret: Option<&str>,
) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let root = roots.get_mut(which.document);
    let spec = root.and_then(|root| find_mut(root, "spec"));
    if let Some(Value::Map(spec)) = spec.map(|spec| &mut spec.value) {
        let node = Node::new("decryption".into(), decryption(secret));
        spec.retain(|item| {
            item.node()
                .is_none_or(|node| node.key.text() != Some("decryption"))
        });
        spec.push(Item::Node(node));
    }
    Ok(yaml::splice(&source, &roots))
}

/// The text of the `kustomization.yaml` beside a generated file, with a patch that adds `decryption`: the generated
/// file itself is not for editing. Nothing where such a patch is there already.
///
/// # Errors
/// When the text is no YAML.
pub(crate) fn with_patch(
    text: &str,
    which: &Declared,
    secret: Option<&str>,
) -> Result<Option<String>> {
    let (mut roots, source) = yaml::read(text)?;
    let Some(root) = roots.first_mut() else {
        return Ok(None);
    };
    if let Some(patches) = find(root, "patches")
        && patches
            .value
            .items()
            .unwrap_or_default()
            .iter()
            .filter_map(Item::node)
            .any(|node| {
                node.value
                    .get("patch")
                    .and_then(Value::as_str)
                    .is_some_and(|text| text.contains("decryption"))
            })
    {
        return Ok(None);
    }
    let reference = secret.map_or_else(String::new, |name| {
        format!(", \"secretRef\": {{\"name\": \"{name}\"}}")
    });
    let operation = format!(
        "[{{\"op\": \"add\", \"path\": \"/spec/decryption\", \"value\": {{\"provider\": \"sops\"{reference}}}}}]"
    );
    let patch = Value::map([
        (
            "target",
            Value::map([
                ("kind", Value::text("Kustomization")),
                ("name", Value::text(which.name.as_str())),
            ]),
        ),
        ("patch", Value::text(operation)),
    ]);
    tree::push(root, "patches", patch);
    Ok(Some(yaml::splice(&source, &roots)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const APPS: &str = "\
# what runs
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps # all of them
  namespace: flux-system
spec:
  interval: 10m
  path: ./gitops/apps
  prune: true # what is gone
---
apiVersion: v1
kind: ConfigMap
metadata: {name: site}
";

    #[test]
    fn decryption_is_added_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("apps.yaml"), APPS).unwrap();
        let found = all(folder.path()).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].path.as_str(), &found[0].decrypts_with),
            ("./gitops/apps", &None)
        );
        let with = with_decryption(APPS, &found[0], Some("sops-age")).unwrap();
        let added = "  prune: true # what is gone\n  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n";
        assert_eq!(with, APPS.replace("  prune: true # what is gone\n", added));
        std::fs::write(folder.path().join("apps.yaml"), &with).unwrap();
        let again = all(folder.path()).unwrap();
        assert_eq!(again[0].decrypts_with.as_deref(), Some("sops-age"));
        let by_flag = with_decryption(APPS, &found[0], None).unwrap();
        assert!(
            by_flag.contains("  decryption:\n    provider: sops\n---"),
            "{by_flag}"
        );
    }

    #[test]
    fn a_generated_file_is_patched_from_beside() {
        let which = Declared {
            file: "clusters/home/flux-system/gotk-sync.yaml".into(),
            document: 1,
            name: "flux-system".to_owned(),
            namespace: "flux-system".to_owned(),
            path: "./clusters/home".to_owned(),
            decrypts_with: None,
        };
        assert!(which.is_generated());
        let text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- gotk-sync.yaml\n";
        let patched = with_patch(text, &which, Some("sops-age")).unwrap().unwrap();
        assert!(patched.starts_with(text), "{patched}");
        assert!(patched.contains("/spec/decryption"), "{patched}");
        assert!(
            with_patch(&patched, &which, Some("sops-age"))
                .unwrap()
                .is_none()
        );
    }
}
