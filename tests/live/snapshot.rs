//! A snapshot says of a cluster what the cluster says itself, and nothing that is secret.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::program::{Outcome, command, outcome, run};

use crate::platform;
use crate::verdict::Verdict;

fn snapshot(plane: &ControlPlane, user: &User, to: &Path) -> Outcome {
    let config = Kubeconfig::new().context("infra", plane, user);
    let config = config.path();
    run(
        "kubectl-platform",
        &[
            "snapshot",
            "-f",
            to.to_str().unwrap(),
            "--kubeconfig",
            config.to_str().unwrap(),
        ],
    )
}

fn judged(arguments: &[&str]) -> (Option<i32>, Value) {
    let verdict = Verdict::of(&[&["--no-probes"], arguments].concat());
    (verdict.status, verdict.report)
}

#[test]
fn a_broken_platform_gets_the_same_report_from_its_snapshot_as_live() {
    let plane = platform::broken();
    let config = Kubeconfig::new().context("infra", plane, &plane.admin());
    let config = config.path().display().to_string();
    let live = judged(&["--kubeconfig", &config]);
    assert_eq!(live.0, Some(1), "{:?}", live.1);

    let folder = tempfile::tempdir().unwrap();
    let (as_folder, as_file) = (
        folder.path().join("taken"),
        folder.path().join("taken.tar.gz"),
    );
    for path in [&as_folder, &as_file] {
        let said = snapshot(plane, &plane.admin(), path);
        assert_eq!(said.status, Some(0), "{said:?}");
        assert_eq!(judged(&["--from", path.to_str().unwrap()]), live);
    }
    let mut sender = command("kubectl-platform");
    sender.args(["snapshot", "-f", "-", "--kubeconfig", &config]);
    let archive = sender.output().unwrap().stdout;
    assert_eq!(judged_from_stdin(&archive), live);
}

fn judged_from_stdin(archive: &[u8]) -> (Option<i32>, Value) {
    let mut reader = command("kubectl-platform");
    reader.args(["validate", "--no-probes", "-o", "json", "--from", "-"]);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(archive).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    let verdict = Verdict::read(&outcome(reader.stdin(Stdio::from(file))));
    (verdict.status, verdict.report)
}

#[test]
fn a_healthy_platform_is_healthy_in_its_snapshot_which_holds_no_secret_and_is_its_owners() {
    let plane = platform::healthy();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    let said = snapshot(plane, &plane.admin(), &path);
    assert_eq!(said.status, Some(0), "{said:?}");
    let (status, report) = judged(&["--from", path.to_str().unwrap()]);
    assert_eq!(status, Some(0), "{report}");
    assert_eq!(mode(&path), 0o700);
    for entry in fs::read_dir(&path).unwrap() {
        let file = entry.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        let text = fs::read_to_string(&file).unwrap();
        for secret in platform::PLANTED {
            assert!(!text.contains(secret), "{}: {secret}", file.display());
        }
    }
    let secrets = fs::read_to_string(path.join("v1.Secret.json")).unwrap();
    assert!(
        secrets.contains("age-identity"),
        "the form is a fact: {secrets}"
    );
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_could_not_be_read_is_not_read_in_the_snapshot_either() {
    let plane = platform::healthy();
    let user = plane.new_user();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken.tar.gz");
    let said = snapshot(plane, &user, &path);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(
        said.stderr.contains("could not read pods: forbidden: "),
        "{said:?}"
    );
    let (status, report) = judged(&["--from", path.to_str().unwrap()]);
    assert_eq!(status, Some(3), "{report}");
    assert_eq!(report["passed"], serde_json::json!([]));
}

#[test]
fn values_of_secrets_are_never_asked_for_in_lists() {
    let plane = platform::healthy();
    let user = plane.new_user();
    plane.grant(
        &user,
        &serde_json::json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["list", "get"]}]),
    );
    let folder = tempfile::tempdir().unwrap();
    let said = snapshot(plane, &user, &folder.path().join("taken"));
    assert_eq!(said.status, Some(0), "{said:?}");
    let requests = plane.requests_of(&user);
    let about_secrets: Vec<_> = requests
        .iter()
        .filter(|request| request.uri.contains("/secrets"))
        .collect();
    assert!(
        about_secrets.iter().any(|request| request.verb == "list"),
        "{requests:?}"
    );
    for request in about_secrets {
        let is_one = request.verb == "get";
        let is_table =
            request.uri.contains("includeObject=Metadata") && request.uri.contains("helm.sh");
        assert!(is_one || is_table, "{request:?}");
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let plane = platform::healthy();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let said = snapshot(plane, &plane.admin(), folder.path());
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(
        said.stderr.starts_with("error: the folder is not empty: "),
        "{said:?}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
