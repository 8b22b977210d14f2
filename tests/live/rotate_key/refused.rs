//! What stands in the way of a rotation, and what it leaves as it is.

use http::Method;
use serde_json::json;
use tests::control_plane::{ControlPlane, Kubeconfig};

use super::desk::Desk;
use super::{REDIS, keys};

#[test]
fn files_with_other_recipients_keep_their_data_key_and_are_told() {
    let desk = Desk::new();
    let text = desk.checkout.read(REDIS);
    let pgp = "    pgp:\n        - created_at: \"2026-11-21T09:00:00Z\"\n          enc: |-\n            -----BEGIN PGP MESSAGE-----\n            abc\n            -----END PGP MESSAGE-----\n          fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21\n";
    desk.checkout.write(
        REDIS,
        text.replace("    lastmodified:", &format!("{pgp}    lastmodified:")),
    );
    assert!(desk.checkout.read(REDIS).contains("PGP"));
    desk.reconcile();
    desk.well(&[]);
    let sealed = |text: &str| {
        text.lines()
            .find(|line| line.contains("redis-password: ENC["))
            .unwrap()
            .to_owned()
    };
    desk.reconcile();
    let said = desk.rotate(&["--complete"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.stdout.contains(REDIS), "{said:?}");
    desk.reconcile();
    let said = desk.rotate(&["--complete"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let after = desk.checkout.read(REDIS);
    assert!(after.contains(pgp), "{after}");
    assert_eq!(sealed(&after), sealed(&text));
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![false, true]));
}

#[test]
fn what_cannot_be_written_stops_it_before_anything_is() {
    let desk = Desk::new();
    let path = desk.checkout.folder().join(REDIS);
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let before = desk.checkout.files();
    let refused = desk.rotate(&[]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(refused.stderr.contains("read-only"), "{refused:?}");
    assert_eq!(before, desk.checkout.files());
    assert_eq!(
        (desk.in_cluster(), keys::public(&desk.checkout).len()),
        (1, 1)
    );
}

#[test]
fn a_key_that_somebody_took_from_the_secret_is_put_back_or_missed() {
    let desk = Desk::new();
    desk.well(&[]);
    desk.reconcile();
    let names: Vec<String> = desk.secret()["data"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let new = names.iter().find(|name| *name != "age.agekey").unwrap();
    let taken = json!({"data": {new: null}});
    ControlPlane::shared()
        .request(&Method::PATCH, &desk.path(), Some(&taken))
        .unwrap();
    assert_eq!(desk.in_cluster(), 1);
    desk.well(&["--complete"]);
    assert_eq!(desk.in_cluster(), 2);
    desk.reconcile();
    desk.well(&["--complete"]);
    assert_eq!((desk.in_cluster(), desk.open()), (1, vec![false, true]));
}

#[test]
fn a_user_who_may_not_write_secrets_changes_no_file() {
    let desk = Desk::new();
    let plane = ControlPlane::shared();
    let user = plane.new_user();
    plane.grant(&user, &json!([
        {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]},
        {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]},
        {"apiGroups": ["kustomize.toolkit.fluxcd.io"], "resources": ["kustomizations"], "verbs": ["list"]},
    ]));
    let config = Kubeconfig::new().context("infra", plane, &user);
    let before = desk.checkout.files();
    let kubeconfig = config.path();
    let refused = desk.rotate(&["--kubeconfig", kubeconfig.to_str().unwrap()]);
    assert_eq!(refused.status, Some(3), "{refused:?}");
    assert!(
        refused.stderr.contains("cannot apply Secret"),
        "{refused:?}"
    );
    assert_eq!(before, desk.checkout.files());
    // With the rights it goes on where it stopped, with the key that it made.
    desk.well(&[]);
    assert_eq!((desk.in_cluster(), desk.open()), (2, vec![true, true]));
}
