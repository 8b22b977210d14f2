//! What stands in the way, and where private keys never go.

use http::Method;
use serde_json::{Value, json};
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::flux;
use tests::objects::objects;

use super::{APPS, desk, secret};

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
    let controller =
        |version: &str| flux::deployment(version, &["--sops-age-secret=sops-age-keys"]);
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
