//! `flux sops-age backup` and `restore`: keys of one API server come back on another, and open what they opened.

mod desk;
mod sealing;

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use http::Method;
use serde_json::{Value, json};
use tests::control_plane::ControlPlane;
use tests::parts::part;
use tests::program::outcome;

use desk::{Desk, SEALING, SOPS_AGE, SPARE, data};

#[test]
fn keys_come_back_once_they_have_opened_a_file() {
    let desk = Desk::new();
    let old = desk.populated();
    let keeper = desk.keeper.recipient();
    let backup = ["backup", "-o", "keys.age", "--age", &keeper];

    let nobody = desk.ours(&old, &old.new_user(), &backup);
    assert_eq!(nobody.status, Some(3), "{nobody:?}");
    let dry = desk.ours(&old, &old.admin(), &[&backup[..], &["--dry-run"]].concat());
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(!desk.path("keys.age").exists());

    let done = desk.ours(&old, &old.admin(), &backup);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert!(
        done.stderr.ends_with("kept: 3, in keys.age\n"),
        "{}",
        done.stderr
    );
    let mode = std::fs::metadata(desk.path("keys.age"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let kept = desk.read("keys.age");
    assert!(kept.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"));
    let again = desk.ours(&old, &old.admin(), &backup);
    assert_eq!((again.status, desk.read("keys.age")), (Some(2), kept));

    // What the real age makes of it can be applied as it is.
    let mut age = Command::new(part("age"));
    age.current_dir(desk.folder.path())
        .args(["-d", "-i", "keeper.txt", "keys.age"]);
    let list: Value = serde_json::from_str(&outcome(&mut age).stdout).unwrap();
    let names: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["metadata"]["name"])
        .collect();
    assert_eq!(names, ["sops-age", "sealed-secrets-key7x", "spare"]);

    let new = ControlPlane::fresh();
    desk.sealed("apps/redis.enc.yaml", &desk.cluster);
    let restore = ["restore", "keys.age"];
    let unproven = desk.ours(&new, &new.admin(), &restore);
    assert_eq!(unproven.status, Some(1), "{unproven:?}");
    assert!(
        unproven.stderr.contains("right keys: team/spare"),
        "{}",
        unproven.stderr
    );
    desk.sealed("team/redis.enc.yaml", &desk.spare);
    let dry = desk.ours(&new, &new.admin(), &[&restore[..], &["--dry-run"]].concat());
    assert_eq!(dry.status, Some(0), "{dry:?}");
    assert!(
        dry.stderr.contains("opens secrets/jwt-secret.yaml"),
        "{}",
        dry.stderr
    );
    for path in [SOPS_AGE, SPARE, SEALING] {
        assert_eq!(data(&new, path), None);
    }

    let done = desk.ours(&new, &new.admin(), &restore);
    assert_eq!(done.status, Some(0), "{done:?}");
    for path in [SOPS_AGE, SPARE, SEALING] {
        assert_eq!(data(&new, path), data(&old, path), "{path}");
        assert!(data(&new, path).is_some());
    }
    let sealing = new.request(&Method::GET, SEALING, None).unwrap();
    assert_eq!(sealing["type"], "kubernetes.io/tls");
    assert_eq!(
        sealing["metadata"]["labels"]["sealedsecrets.bitnami.com/sealed-secrets-key"],
        "active"
    );

    // The key that came back opens what kubeseal sealed, says kubeseal.
    let coded = desk.path("coded");
    std::fs::write(&coded, sealing["data"]["tls.key"].as_str().unwrap()).unwrap();
    let private = outcome(Command::new("base64").arg("-d").arg(&coded)).stdout;
    desk.write("recovered.pem", &private);
    let opened = desk.kubeseal(
        &[
            "--recovery-unseal",
            "--recovery-private-key",
            "recovered.pem",
            "-o",
            "json",
        ],
        "secrets/jwt-secret.yaml",
    );
    let opened: Value = serde_json::from_str(&opened).unwrap();
    assert_eq!(opened["data"]["JWT_SECRET"], "dGVsbC1ub2JvZHk=");
}

#[test]
fn what_differs_is_written_over_only_when_asked_for() {
    let desk = Desk::new();
    let plane = desk.populated();
    desk.sealed("apps/redis.enc.yaml", &desk.cluster);
    desk.sealed("team/redis.enc.yaml", &desk.spare);
    let ours = |arguments: &[&str]| desk.ours(&plane, &plane.admin(), arguments);
    let backup = ours(&["backup", "-o", "keys.age", "--passphrase-fd", "3"]);
    assert_eq!(backup.status, Some(0), "{backup:?}");
    let restore = ["restore", "keys.age", "--passphrase-fd", "3"];
    let there = ours(&restore);
    assert_eq!(there.status, Some(0), "{there:?}");
    assert_eq!(
        there.stderr.matches("there already: ").count(),
        3,
        "{}",
        there.stderr
    );

    let before = data(&plane, SOPS_AGE).unwrap();
    let other = json!({"data": {"age.agekey": "b3RoZXI=", "more.agekey": "bW9yZQ=="}});
    plane
        .request(&Method::PATCH, SOPS_AGE, Some(&other))
        .unwrap();
    let refused = ours(&restore);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert_eq!(data(&plane, SOPS_AGE).unwrap()["age.agekey"], "b3RoZXI=");
    let replaced = ours(&[&restore[..], &["--replace"]].concat());
    assert_eq!(replaced.status, Some(0), "{replaced:?}");
    let after = data(&plane, SOPS_AGE).unwrap();
    assert_eq!(after["age.agekey"], before["age.agekey"]);
    assert_eq!(after["more.agekey"], "bW9yZQ==");

    // Nothing but the passphrase opens it, and nobody is there to be asked.
    assert_eq!(ours(&["restore", "keys.age"]).status, Some(2));
    let cut = desk
        .read("keys.age")
        .replace("\n-----END", "AAAA\n-----END");
    desk.write("cut.age", &cut);
    assert_eq!(
        ours(&["restore", "cut.age", "--passphrase-fd", "3"]).status,
        Some(2)
    );
    assert_eq!(ours(&["backup", "-o", "plain.json"]).status, Some(2));
    assert!(!desk.path("plain.json").exists());
}

#[test]
fn passphrases_are_asked_for_at_a_terminal() {
    let desk = Desk::new();
    let plane = desk.populated();
    desk.sealed("apps/redis.enc.yaml", &desk.cluster);
    desk.sealed("team/redis.enc.yaml", &desk.spare);
    let backup = ["backup", "-o", "keys.age", "--passphrase"];
    let differ = desk.asked(&plane, &backup, "correct horse\nwrong horse\n");
    assert_eq!(differ.status, Some(2), "{differ:?}");
    assert!(
        differ.stderr.contains("the passphrases differ"),
        "{differ:?}"
    );
    assert!(!desk.path("keys.age").exists());
    let kept = desk.asked(&plane, &backup, "correct horse\ncorrect horse\n");
    assert_eq!(kept.status, Some(0), "{kept:?}");

    let restore = ["restore", "keys.age"];
    let wrong = desk.asked(&plane, &restore, "wrong horse\n");
    assert_eq!(wrong.status, Some(2), "{wrong:?}");
    let there = desk.asked(&plane, &restore, "correct horse\n");
    assert_eq!(there.status, Some(0), "{there:?}");
    assert_eq!(there.stderr.matches("there already: ").count(), 3);
    for said in [differ, kept, wrong, there] {
        assert!(!format!("{said:?}").contains("correct horse"), "{said:?}");
    }
}

#[test]
fn a_cluster_without_a_secret_has_no_key_to_keep() {
    let desk = Desk::new();
    let plane = ControlPlane::fresh();
    let keeper = desk.keeper.recipient();
    let backup = ["backup", "-o", "none.age", "--age", &keeper];
    let said = desk.ours(&plane, &plane.admin(), &backup);
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.stderr.contains("has no key to keep"), "{said:?}");
    assert!(!desk.path("none.age").exists());
}
