//! Clusters that share one key.

use tests::control_plane::ControlPlane;

use super::desk::Desk;
use super::keys;

const BOTH: [&str; 2] = ["--context", "infra,apps"];

fn with<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &BOTH].concat()
}

#[test]
fn a_key_leaves_no_cluster_before_all_have_reconciled() {
    let (infra, apps) = (ControlPlane::shared(), ControlPlane::fresh());
    let desk = Desk::of(&[("infra", infra), ("apps", &apps)]);
    desk.well(&with(&[]));
    assert_eq!(desk.in_clusters(), [2, 2]);
    desk.reconcile();
    let said = desk.well(&with(&["--complete"]));
    assert!(
        said.contains("flux sops-age rotate-key --complete --context infra,apps"),
        "{said}"
    );

    // One of them has not applied the commit: neither loses the key.
    desk.reconcile_on(infra);
    let waiting = desk.rotate(&with(&["--complete"]));
    assert_eq!(waiting.status, Some(3), "{waiting:?}");
    let who = |cluster| format!("Kustomization {}/apps of {cluster} ", desk.namespace);
    assert!(waiting.stdout.contains(&who("apps")), "{waiting:?}");
    assert!(!waiting.stdout.contains(&who("infra")), "{waiting:?}");
    assert_eq!(desk.in_clusters(), [2, 2]);
    // Nor does one that is named alone.
    let alone = desk.rotate(&["--complete", "--context", "infra"]);
    assert_eq!(alone.status, Some(2), "{alone:?}");
    assert!(
        alone
            .stderr
            .contains("other clusters use the key too: apps"),
        "{alone:?}"
    );
    assert_eq!(desk.in_clusters(), [2, 2]);

    desk.reconcile_on(&apps);
    desk.well(&with(&["--complete"]));
    assert_eq!(desk.in_clusters(), [1, 1]);
    assert_eq!(desk.open(), [false, true]);
}

#[test]
fn a_key_leaves_one_cluster_and_files_stay_for_the_other() {
    let (infra, apps) = (ControlPlane::shared(), ControlPlane::fresh());
    let desk = Desk::of(&[("infra", infra), ("apps", &apps)]);
    desk.well(&with(&[]));
    let only = ["--complete", "--only-this-cluster", "--context", "infra"];
    // It has not applied files for both keys yet.
    let waiting = desk.rotate(&only);
    assert_eq!(waiting.status, Some(3), "{waiting:?}");
    assert_eq!(desk.in_clusters(), [2, 2]);
    desk.reconcile_on(infra);
    let before = desk.checkout.files();
    desk.well(&only);
    assert_eq!(desk.in_clusters(), [1, 2]);
    assert_eq!(before, desk.checkout.files());
    assert_eq!(desk.open(), [true, true]);

    // The other one ends the rotation.
    desk.reconcile_on(&apps);
    desk.well(&["--complete", "--context", "apps"]);
    desk.reconcile();
    desk.well(&["--complete", "--context", "apps"]);
    assert_eq!(desk.in_clusters(), [1, 1]);
    assert_eq!(desk.open(), [false, true]);
    let public = keys::public(&desk.checkout);
    let rules = desk.checkout.read(".sops.yaml");
    assert!(!rules.contains(&public[0]), "{rules}");
}
