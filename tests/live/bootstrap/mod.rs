//! `bootstrap`: from nothing to a cluster that decrypts.

mod readme;
mod refused;

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};

const APPS: &str = "\
# all applications
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 1h # nothing waits for it
  path: ./gitops/apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
";

/// A tree with one Kustomization, and a namespace of the shared server for the key.
fn desk() -> (&'static ControlPlane, String, Kubeconfig, Checkout) {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("boot");
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let checkout = Checkout::new(&config.path());
    checkout.write(
        "clusters/infra/apps.yaml",
        APPS.replace("flux-system\nspec", &format!("{namespace}\nspec")),
    );
    (plane, namespace, config, checkout)
}

fn secret(plane: &ControlPlane, namespace: &str) -> Value {
    let path = format!("/api/v1/namespaces/{namespace}/secrets/sops-age");
    plane.request(&Method::GET, &path, None).unwrap_or_default()
}

#[test]
fn a_dry_run_changes_nothing() {
    let (plane, namespace, _config, checkout) = desk();
    let before = checkout.files();
    let said = checkout.well(&["bootstrap", "-n", &namespace, "--dry-run"]);
    for line in [
        "would make a key",
        "would apply Secret",
        "would write .sops.yaml",
        "would change clusters/infra/apps.yaml",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(before, checkout.files());
    assert!(!checkout.key_file().exists());
    assert_eq!(secret(plane, &namespace), Value::Null);
}

#[test]
fn a_key_that_is_there_is_taken() {
    let (plane, namespace, _config, checkout) = desk();
    let keys = tempfile::tempdir().unwrap();
    let ours = keys.path().join("ours.txt");
    checkout.well(&["keygen", "-o", ours.to_str().unwrap()]);
    let public = checkout.well(&["keygen", "-y", ours.to_str().unwrap()]);
    // Under a name that the controller does not read.
    let text = std::fs::read_to_string(&ours).unwrap();
    plane.apply(&[json!({
        "apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": "sops-age", "namespace": namespace}, "stringData": {"age.key": text},
    })]);
    checkout.well(&["bootstrap", "-n", &namespace]);
    let secret = secret(plane, &namespace);
    let names: Vec<&String> = secret["data"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["age.agekey", "age.key"]);
    assert!(
        checkout.read(".sops.yaml").contains(public.trim()),
        "{public}"
    );
    assert!(!checkout.key_file().exists());
}

#[test]
fn a_key_is_taken_from_a_file_and_put_beside_another() {
    let (plane, namespace, _config, checkout) = desk();
    checkout.well(&["bootstrap", "-n", &namespace]);
    let before = secret(plane, &namespace)["data"]["age.agekey"].clone();
    let keys = tempfile::tempdir().unwrap();
    let other = keys.path().join("other.txt");
    checkout.well(&["keygen", "-o", other.to_str().unwrap()]);
    checkout.well(&[
        "bootstrap",
        "-n",
        &namespace,
        "--key-file",
        other.to_str().unwrap(),
    ]);
    let after = secret(plane, &namespace);
    assert_eq!(after["data"]["age.agekey"], before);
    assert_eq!(after["data"].as_object().unwrap().len(), 2);
    let public = checkout.well(&["keygen", "-y", other.to_str().unwrap()]);
    assert!(
        checkout
            .read(".sops.yaml")
            .contains(&format!(",{}", public.trim()))
    );
}
