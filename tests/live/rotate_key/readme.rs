//! What the README says of a new key, on a real controller.

use std::path::Path;

use tests::control_plane::ControlPlane;

use super::reconciling::Reconciling;

/// The commands of the README that replace the key.
fn commands_of_the_readme() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text
        .split_once("A new key, with a commit after each phase")
        .unwrap();
    let (_, block) = section.split_once("```sh\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    block.lines().map(str::to_owned).collect()
}

#[test]
fn the_key_is_replaced_by_what_the_readme_says() {
    let plane = ControlPlane::fresh();
    let reconciling = Reconciling::start(&plane);
    let checkout = &reconciling.checkout;
    let before = checkout.read(".sops.yaml");
    let commands = commands_of_the_readme();
    assert_eq!(commands.len(), 4, "{commands:?}");
    for command in &commands {
        let said = checkout.shell(command);
        assert!(!said.contains("AGE-SECRET-KEY"), "{said}");
        reconciling.push_and_reconcile();
    }
    reconciling.never_failed(3);
    assert_eq!(reconciling.in_cluster(), 1);
    assert_ne!(checkout.read(".sops.yaml"), before);
    // What is in the cluster is what the files are for, and nothing is left to do.
    checkout.well(&["check"]);
    assert_eq!(
        checkout.well(&["bootstrap", "--dry-run"]),
        "nothing is missing\n"
    );
}
