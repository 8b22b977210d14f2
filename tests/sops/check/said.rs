//! What is said, where, and what never is.

use serde_json::Value;
use tests::sarif;

use super::tree::{SECRET, edit, found, git, other, report, sound};

#[test]
fn what_no_key_tells_is_skipped_and_never_passed() {
    let desk = sound();
    edit(&desk, "name: redis", "name: rodis");
    std::fs::remove_file(desk.path("key.txt")).unwrap();
    let report = report(&desk, &[]);
    assert_eq!(report["result"], "passed", "{report:#}");
    let passed = report["passed"].to_string();
    assert!(
        !passed.contains("mac-broken") && !passed.contains("opens-nothing"),
        "{passed}"
    );
    assert!(
        report["skipped"].to_string().contains("no-key"),
        "{report:#}"
    );
    assert_eq!(desk.ours(&["check", "--offline", "--strict"]).status, 3);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_not_passed() {
    let desk = sound();
    let names = ["-c", "user.name=tests", "-c", "user.email=tests@almckay.io"];
    git(&desk, &[&names[..], &["commit", "-qm", "sound"]].concat());
    git(&desk, &["sparse-checkout", "set", "docs"]);
    let report = report(&desk, &[]);
    assert_eq!(report["result"], "incomplete", "{report:#}");
    let told = "redis/kustomization.yaml: it is not in this sparse checkout";
    assert!(report["skipped"].to_string().contains(told), "{report:#}");
}

#[test]
fn what_cannot_be_read_makes_it_incomplete() {
    let desk = sound();
    let (_, key) = other(&desk);
    desk.write("broken.yaml", format!("kind: Secret\nx: [\n{key}\n"));
    // A private key in it is found all the same.
    assert_eq!(
        found(&desk, &[]),
        ["warning files/private-key File/broken.yaml broken.yaml:3".to_owned()].into()
    );
    let outcome = desk.ours(&["check", "--offline"]);
    assert_eq!(outcome.status, 3);
    assert!(outcome.text_of_any().contains("unreadable: broken.yaml"));
    assert_eq!(desk.ours(&["check", "--offline", "nowhere.yaml"]).status, 2);
    assert_eq!(
        desk.ours(&["check", "--offline", "--config", "nowhere.yaml"])
            .status,
        2
    );
}

#[test]
fn sarif_and_workflow_commands_tell_paths_from_the_top() {
    let desk = sound();
    desk.write("a b,c.enc.yaml", SECRET);
    std::fs::create_dir_all(desk.path("deep/er")).unwrap();
    let inside = |format: &str| {
        let mut command = desk.command(&tests::program::path("flux-sops-age"));
        let output = command
            .current_dir(desk.path("deep/er"))
            .args(["check", "--offline", "-o", format])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let log: Value = serde_json::from_str(&inside("sarif")).unwrap();
    let problems = sarif::problems(&log);
    assert!(problems.is_empty(), "{problems:#?}");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b%2Cc.enc.yaml");
    assert_eq!(place["region"]["startLine"], 7);
    assert!(
        inside("github")
            .starts_with("::error file=a b%2Cc.enc.yaml,line=7,title=files/plaintext::")
    );
    assert!(inside("text").contains("../../a b,c.enc.yaml"));
}

#[test]
fn no_private_key_and_no_value_is_shown() {
    let desk = sound();
    let (_, key) = other(&desk);
    desk.write("notes.txt", format!("{key}\n"));
    desk.write("a.enc.yaml", SECRET);
    desk.write("b.yaml", SECRET.replace("redis-password", "redis password"));
    edit(&desk, "name: redis", "name: rodis");
    let own = desk.read("key.txt");
    let own = own
        .lines()
        .find(|line| line.starts_with("AGE-"))
        .unwrap()
        .to_owned();
    for format in ["text", "json", "yaml", "junit", "sarif", "github"] {
        let outcome = desk.ours(&["check", "--offline", "-v", "-o", format]);
        let said = outcome.text_of_any();
        for secret in [key.as_str(), own.as_str(), "hunter2"] {
            assert!(!said.contains(secret), "{format}: {said}");
        }
    }
}
