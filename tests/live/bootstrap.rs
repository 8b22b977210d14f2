//! `bootstrap`: from nothing to a cluster that decrypts.

use std::path::Path;

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::flux::Flux;
use tests::objects::objects;
use tests::wait::eventually;

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

/// The commands of the README that lead from an empty folder to a cluster that decrypts.
fn commands_of_the_readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("## From an empty folder").unwrap();
    let (_, block) = section.split_once("```sh\n").unwrap();
    block.split_once("```").unwrap().0.to_owned()
}

#[test]
fn a_real_controller_decrypts_after_what_the_readme_says() {
    let plane = ControlPlane::fresh();
    let flux = Flux::start(&plane);
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let checkout = Checkout::new(&config.path());
    let said = checkout.shell(&commands_of_the_readme());
    assert!(
        said.contains("git add .sops.yaml clusters/home/apps.yaml"),
        "{said}"
    );
    assert!(!said.contains("AGE-SECRET-KEY"), "{said}");
    let encrypted = checkout.read("gitops/apps/redis/secret.enc.yaml");
    assert!(encrypted.contains("redis-password: ENC["), "{encrypted}");
    checkout.push(&flux);
    plane.apply(&objects(&checkout.read("clusters/home/apps.yaml")));
    let plain = eventually("the Secret", || {
        plane.request(
            &Method::GET,
            "/api/v1/namespaces/cache/secrets/redis-credentials",
            None,
        )
    });
    let opened = checkout.well(&[
        "decrypt",
        "--extract",
        "[\"stringData\"][\"redis-password\"]",
        "gitops/apps/redis/secret.enc.yaml",
    ]);
    assert_eq!(plain["data"]["redis-password"], base64(&opened));
    // All is there: nothing is left to do, and nothing changes.
    let before = checkout.files();
    let again = checkout.well(&["bootstrap", "--dry-run"]);
    assert_eq!(again, "nothing is missing\n");
    checkout.well(&["bootstrap"]);
    assert_eq!(before, checkout.files());
}

/// As the API server shows a value.
fn base64(text: &str) -> Value {
    serde_json::to_value(k8s_openapi::ByteString(text.as_bytes().to_vec())).unwrap()
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

#[test]
fn private_keys_stay_out_of_git_and_off_the_terminal() {
    let (plane, namespace, _config, checkout) = desk();
    let inside = ["bootstrap", "-n", &namespace, "--key-file", "age.key"];
    let refused = checkout.ours(&inside);
    assert_eq!(refused.status, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("would end in Git"), "{refused:?}");
    assert_eq!(secret(plane, &namespace), Value::Null);
    checkout.write(".gitignore", "*.key\n");
    let said = checkout.ours(&inside);
    assert_eq!(said.status, Some(0), "{said:?}");
    let key = checkout.read("age.key");
    let private = key.lines().last().unwrap();
    assert!(!said.stdout.contains(private) && !said.stderr.contains(private));
    let exported = checkout.well(&[
        "bootstrap",
        "-n",
        &namespace,
        "--key-file",
        "age.key",
        "--export",
    ]);
    let exported = objects(&exported);
    assert!(
        exported[0]["stringData"]["age.agekey"]
            .as_str()
            .unwrap()
            .contains(private)
    );
}

#[test]
fn what_a_cluster_lacks_is_said() {
    let (plane, namespace, _config, checkout) = desk();
    let absent = format!("{namespace}-absent");
    let refused = checkout.ours(&["bootstrap", "-n", &absent]);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("--create-namespace"), "{refused:?}");
    assert!(!checkout.key_file().exists());
    checkout.well(&["bootstrap", "-n", &absent, "--create-namespace"]);
    assert!(secret(plane, &absent)["data"]["age.agekey"].is_string());
}

#[test]
fn a_user_without_rights_is_told() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("boot");
    let user = plane.new_user();
    let config = Kubeconfig::new().context("infra", plane, &user);
    let checkout = Checkout::new(&config.path());
    let refused = checkout.ours(&["bootstrap", "-n", &namespace]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(refused.stderr.contains("cannot read Secret"), "{refused:?}");
    assert!(!checkout.key_file().exists() && checkout.files().is_empty());
}

#[test]
fn a_controller_that_is_too_old_gets_no_post_quantum_key() {
    let plane = ControlPlane::fresh();
    let config = Kubeconfig::new().context("infra", &plane, &plane.admin());
    let controller = |version: &str| {
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "kustomize-controller", "namespace": "flux-system"},
            "spec": {
                "selector": {"matchLabels": {"app": "kustomize-controller"}},
                "template": {
                    "metadata": {"labels": {"app": "kustomize-controller"}},
                    "spec": {"containers": [{
                        "name": "manager", "image": format!("ghcr.io/fluxcd/kustomize-controller:{version}"),
                        "args": ["--sops-age-secret=sops-age-keys"],
                    }]},
                },
            },
        })
    };
    plane.apply(&[
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}}),
        controller("v1.8.1"),
    ]);
    let checkout = Checkout::new(&config.path());
    checkout.write("clusters/infra/apps.yaml", APPS);
    let refused = checkout.ours(&["bootstrap", "--pq"]);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("too old for a post-quantum key: v1.8.1"),
        "{refused:?}"
    );
    assert!(!checkout.key_file().exists());
    plane.apply(&[controller("v1.9.0")]);
    checkout.well(&["bootstrap", "--pq"]);
    // The controller knows the Secret by its flag.
    assert!(
        checkout
            .read("clusters/infra/apps.yaml")
            .ends_with("  decryption:\n    provider: sops\n")
    );
    let path = "/api/v1/namespaces/flux-system/secrets/sops-age-keys";
    assert!(plane.request(&Method::GET, path, None).unwrap()["data"]["age.agekey"].is_string());
}
