//! A Kustomization that applies nothing: it is not waited for, and keeps the key that it may need.

use tests::control_plane::ControlPlane;

use super::reconciling::Reconciling;

#[test]
fn the_key_stays_for_a_suspended_kustomization_that_nobody_waits_for() {
    let plane = ControlPlane::fresh();
    let cluster = Reconciling::start(&plane);
    let checkout = &cluster.checkout;
    checkout.well(&["rotate-key"]);
    cluster.push_and_reconcile();
    cluster.suspend(true);
    let said = checkout.well(&["rotate-key", "--complete"]);
    assert!(said.contains("(suspended)"), "{said}");
    let new = cluster.push();

    // Well below what a person would give it: where it waits, it ends all the same, and says another thing.
    let waited = checkout.ours(&["rotate-key", "--complete", "--wait", "--timeout", "15s"]);
    assert_eq!(waited.status, Some(3), "{waited:?}");
    for part in [
        "a suspended one is not waited for",
        "flux resume kustomization apps -n flux-system",
        "--rekeyed-revision",
    ] {
        assert!(waited.stdout.contains(part), "{part}: {waited:?}");
    }
    assert!(
        !waited.stdout.contains("waiting for the clusters"),
        "{waited:?}"
    );
    assert_eq!(cluster.in_cluster(), 2);

    cluster.suspend(false);
    cluster.reconciled(&new);
    checkout.well(&["rotate-key", "--complete", "--wait"]);
    assert_eq!(cluster.in_cluster(), 1);
    cluster.never_failed(3);
}

#[test]
fn a_suspended_kustomization_that_has_applied_the_new_files_keeps_no_key() {
    let plane = ControlPlane::fresh();
    let cluster = Reconciling::start(&plane);
    let checkout = &cluster.checkout;
    checkout.well(&["rotate-key"]);
    cluster.push_and_reconcile();
    checkout.well(&["rotate-key", "--complete"]);
    cluster.push_and_reconcile();
    cluster.suspend(true);
    checkout.well(&["rotate-key", "--complete"]);
    assert_eq!(cluster.in_cluster(), 1);
}
