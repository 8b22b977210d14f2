//! A rotation that is undone, and one that changes nothing.

use super::desk::Desk;

#[test]
fn a_dry_run_changes_nothing() {
    let desk = Desk::new();
    let before = desk.checkout.files();
    let said = desk.well(&["--dry-run"]);
    assert!(
        said.contains("would encrypt gitops/apps/redis/secret.enc.yaml for both keys"),
        "{said}"
    );
    assert_eq!(before, desk.checkout.files());
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![true]));
    assert_eq!(desk.rotate(&["--complete"]).status, Some(2));
}

#[test]
fn it_is_undone_before_and_after_files_are_for_the_new_key_alone() {
    let desk = Desk::new();
    let before = desk.checkout.read(".sops.yaml");
    desk.well(&[]);
    assert_eq!((desk.in_cluster(), desk.open()), (2, vec![true, true]));
    desk.well(&["--abort"]);
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![true, false]));
    assert_eq!(desk.checkout.read(".sops.yaml"), before);

    desk.well(&[]);
    desk.reconcile();
    desk.well(&["--complete"]);
    assert_eq!(
        (desk.in_cluster(), desk.open()),
        (2, vec![false, false, true])
    );
    // The cluster has reconciled files for the new key alone: it keeps that key until it has others.
    desk.reconcile();
    let said = desk.well(&["--abort"]);
    assert!(said.contains("the key stays in the cluster"), "{said}");
    assert_eq!(
        (desk.in_cluster(), desk.open()),
        (2, vec![true, false, false])
    );
    desk.reconcile();
    desk.well(&["--abort"]);
    assert_eq!(desk.in_cluster(), 1);
    assert_eq!(desk.checkout.read(".sops.yaml"), before);
}
