//! Both phases, while a real controller reconciles.

use tests::control_plane::ControlPlane;

use super::reconciling::Reconciling;
use super::{REDIS, keys};

#[test]
fn a_key_is_replaced_without_one_reconciliation_that_fails() {
    let plane = ControlPlane::fresh();
    let cluster = Reconciling::start(&plane);
    let checkout = &cluster.checkout;
    let plain = cluster.data("cache", "redis-credentials");

    let said = checkout.well(&["rotate-key"]);
    assert!(
        said.contains("git add .sops.yaml gitops/apps/redis/secret.enc.yaml"),
        "{said}"
    );
    // Between the Secret and the push: the old files still decrypt.
    let first = format!("main@sha1:{}", checkout.git(&["rev-parse", "HEAD"]));
    cluster.reconciled(&first);
    let both = cluster.push_and_reconcile();
    let said = checkout.well(&["rotate-key"]);
    assert!(
        said.contains("all Kustomizations have reconciled"),
        "{said}"
    );

    let said = checkout.well(&["rotate-key", "--complete"]);
    assert!(
        said.contains("the key stays in the cluster until"),
        "{said}"
    );
    cluster.reconciled(&both);
    let waiting = checkout.ours(&["rotate-key", "--complete"]);
    assert_eq!(waiting.status, Some(3), "{waiting:?}");
    cluster.push_and_reconcile();
    let said = checkout.well(&["rotate-key", "--complete", "--wait"]);
    assert!(
        said.contains("took the key from Secret flux-system/sops-age"),
        "{said}"
    );
    checkout.write(
        "gitops/apps/more.yaml",
        "{apiVersion: v1, kind: Namespace, metadata: {name: more}}\n",
    );
    cluster.push_and_reconcile();
    assert_eq!(cluster.data("cache", "redis-credentials"), plain);
    cluster.never_failed(6);

    // The old key alone opens nothing, and is gone from the cluster.
    let folder = tempfile::tempdir().unwrap();
    let apart = keys::apart(checkout, &folder);
    assert!(!checkout.opens(&apart[0], REDIS) && checkout.opens(&apart[1], REDIS));
    let public = keys::public(checkout);
    let rules = checkout.read(".sops.yaml");
    assert!(
        !rules.contains(&public[0]) && rules.contains(&public[1]),
        "{rules}"
    );
    assert_eq!(cluster.in_cluster(), 1);
    assert_eq!(
        checkout.well(&["rotate-key", "--complete"]),
        "nothing is left to do: the last rotation has ended\n"
    );
}

#[test]
fn a_post_quantum_key_takes_the_place_of_another() {
    let plane = ControlPlane::fresh();
    let cluster = Reconciling::start(&plane);
    let checkout = &cluster.checkout;
    let plain = cluster.data("cache", "redis-credentials");
    checkout.well(&["rotate-key", "--pq"]);
    let public = keys::public(checkout);
    assert!(
        public[0].starts_with("age1") && public[1].starts_with("age1pq1"),
        "{public:?}"
    );
    cluster.push_and_reconcile();
    checkout.well(&["rotate-key", "--complete"]);
    cluster.push_and_reconcile();
    checkout.well(&["rotate-key", "--complete"]);
    assert_eq!(cluster.in_cluster(), 1);

    // The controller has the new key alone, and opens with it what changes.
    checkout.well(&[
        "set",
        REDIS,
        "[\"stringData\"][\"redis-password\"]",
        "\"changed\"",
    ]);
    cluster.push_and_reconcile();
    let changed = cluster.data("cache", "redis-credentials");
    assert_ne!(changed, plain);
    assert_eq!(changed["redis-password"], "Y2hhbmdlZA==");
    cluster.never_failed(4);
    let text = checkout.read(REDIS);
    assert!(
        text.contains("age1pq1") && !text.contains(&public[0]),
        "{text}"
    );
}
