//! What the README says, on a real controller.

use std::path::Path;

use http::Method;
use serde_json::Value;
use tests::checkout::Checkout;
use tests::control_plane::{ControlPlane, Kubeconfig};
use tests::flux::Flux;
use tests::objects::objects;
use tests::wait::eventually;

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
