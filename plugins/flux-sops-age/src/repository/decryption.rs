//! `decryption` written into the Flux Kustomizations of a tree.

use shared::failure::Result;
use shared::sops::tree::{self, Item, Node, Value, find, find_mut};
use shared::sops::yaml;

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
pub(crate) fn with_decryption(text: &str, document: usize, secret: Option<&str>) -> Result<String> {
    let (mut roots, source) = yaml::read(text)?;
    let root = roots.get_mut(document);
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
pub(crate) fn with_patch(text: &str, name: &str, secret: Option<&str>) -> Result<Option<String>> {
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
                ("name", Value::text(name)),
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
        let with = with_decryption(APPS, 0, Some("sops-age")).unwrap();
        let added = "  prune: true # what is gone\n  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n";
        assert_eq!(with, APPS.replace("  prune: true # what is gone\n", added));
        let by_flag = with_decryption(APPS, 0, None).unwrap();
        assert!(
            by_flag.contains("  decryption:\n    provider: sops\n---"),
            "{by_flag}"
        );
    }

    #[test]
    fn a_generated_file_is_patched_from_beside() {
        let text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- gotk-sync.yaml\n";
        let patched = with_patch(text, "flux-system", Some("sops-age"))
            .unwrap()
            .unwrap();
        assert!(patched.starts_with(text), "{patched}");
        assert!(patched.contains("/spec/decryption"), "{patched}");
        assert!(
            with_patch(&patched, "flux-system", Some("sops-age"))
                .unwrap()
                .is_none()
        );
    }
}
