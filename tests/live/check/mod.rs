//! `flux sops-age check` between a working tree and a real API server.

mod desk;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;
use tests::control_plane::Kubeconfig;

use desk::{Desk, check, found, report};

#[test]
fn files_and_the_keys_of_the_cluster_are_laid_side_by_side() {
    let desk = Desk::new();
    let said = desk.check(&desk.plane.admin(), &["-o", "json"]);
    assert_eq!(said.status, Some(1), "{said:?}");
    let report = report(&said);
    let expected = [
        "error cluster/decryption-missing Kustomization/flux-system/off",
        "error cluster/entry-misnamed Secret/team-b/sops-age",
        "error cluster/file-unopenable File/broken/secret.enc.yaml",
        "error cluster/file-unopenable File/cut/secret.enc.yaml <- Secret/team-c/sops-age",
        "error cluster/file-unopenable File/misnamed/secret.enc.yaml <- Secret/team-b/sops-age",
        "error cluster/file-unopenable File/team/secret.enc.yaml <- Secret/team-a/sops-age",
        "error cluster/key-malformed Secret/team-c/sops-age",
        "error cluster/secret-missing Secret/team-a/sops-age",
        "warning cluster/key-opens-nothing Secret/flux-system/sops-age",
    ];
    let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
    assert_eq!(found(&report), expected, "{report:#}");
    let proven: BTreeSet<&str> = expected
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    let all = flux_sops_age::checks::all().map(|check| check.id);
    assert_eq!(
        all.filter(|id| id.starts_with("cluster/"))
            .collect::<BTreeSet<_>>(),
        proven
    );

    let text = desk.check(&desk.plane.admin(), &[]).stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("there is one in namespace flux-system, where Flux does not look")
            || text.contains(
                "there is one in namespace flux-system, team-b, team-c, where Flux does not look"
            ),
        "{text}"
    );

    for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
        let said = desk.check(&desk.plane.admin(), &["-v", "-o", format]);
        assert_eq!(said.status, Some(1), "{format}");
        let said = said.stdout + &said.stderr;
        for key in &desk.keys {
            let key = key.text();
            // Of a key that was cut, too.
            assert!(!said.contains(&key[..40]), "{format}: {said}");
        }
    }
}

#[test]
fn what_may_not_be_read_is_said_and_makes_it_incomplete() {
    let desk = Desk::new();
    for folder in ["broken", "team", "misnamed", "cut", "off"] {
        std::fs::remove_dir_all(desk.path(folder)).unwrap();
    }
    // Of a tree that the cluster does not build, nothing is passed off as looked at.
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(elsewhere.path().join("other")).unwrap();
    let sealed = std::fs::read(desk.path("apps/secret.enc.yaml")).unwrap();
    std::fs::write(elsewhere.path().join("other/secret.enc.yaml"), sealed).unwrap();
    let config = Kubeconfig::new().context("infra", &desk.plane, &desk.plane.admin());
    let said = check(elsewhere.path(), &config.path(), &["-o", "json"]);
    let passed = report(&said)["passed"].to_string();
    assert!(!passed.contains("cluster/file-unopenable"), "{passed}");

    let nobody = desk.plane.new_user();
    let said = desk.check(&nobody, &["-o", "json"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let skipped = report(&said)["skipped"].to_string();
    assert!(
        skipped.contains("forbidden") && skipped.contains("cluster/file-unopenable"),
        "{skipped}"
    );

    let reader = desk.plane.new_user();
    desk.plane.grant(
        &reader,
        &json!([
            {"apiGroups": ["kustomize.toolkit.fluxcd.io"], "resources": ["kustomizations"], "verbs": ["list"]},
            {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]},
        ]),
    );
    let said = desk.check(&reader, &["-o", "json"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let report = report(&said);
    assert!(found(&report).is_empty(), "{report:#}");
    let passed = report["passed"].to_string();
    for check in [
        "file-unopenable",
        "secret-missing",
        "entry-misnamed",
        "key-malformed",
        "key-opens-nothing",
    ] {
        assert!(!passed.contains(&format!("cluster/{check}")), "{passed}");
    }
    for format in ["text", "yaml", "junit", "sarif", "github"] {
        assert_eq!(
            desk.check(&reader, &["-o", format]).status,
            Some(3),
            "{format}"
        );
    }
}

#[test]
fn a_cluster_that_does_not_answer_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let said = check(folder.path(), Path::new("/nonexistent"), &[]);
    assert_eq!(said.status, Some(2), "{said:?}");
    let said = check(
        folder.path(),
        Path::new("/dev/null"),
        &["--server", "https://127.0.0.1:9", "--request-timeout", "2s"],
    );
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(said.stderr.contains("--offline"), "{}", said.stderr);
    assert_eq!(
        check(folder.path(), Path::new("/nonexistent"), &["--offline"]).status,
        Some(0)
    );
}
