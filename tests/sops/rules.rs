//! Configurations as they are found in public repositories: sops takes of them what a file needs.

use crate::desk::{Desk, Outcome};

const SECRET: &str = "kind: Secret\nstringData:\n  password: hunter2\n";

/// The recipients that a file was encrypted for, and its rule.
fn block(sealed: &str) -> Vec<String> {
    let marks = ["recipient:", "_regex:", "_suffix:", "_encrypted:"];
    let lines = sealed
        .lines()
        .map(|line| line.trim().trim_start_matches("- "));
    let mut found: Vec<String> = lines
        .filter(|line| marks.iter().any(|mark| line.contains(mark)))
        .map(str::to_owned)
        .collect();
    found.sort();
    found
}

/// Both programs encrypt a file by the configuration.
fn encrypt(desk: &Desk, name: &str) -> [Outcome; 2] {
    desk.write(name, SECRET);
    [desk.sops(&["encrypt", name]), desk.ours(&["encrypt", name])]
}

#[test]
fn keys_may_be_listed_under_headings() {
    let desk = Desk::new();
    let me = &desk.recipient;
    let rules = format!(
        "keys:\n  - &users: # people\n    - &me {me} # laptop\n  - &hosts:\n    - &home {me}\ncreation_rules:\n  - path_regex: \\.enc\\.yaml$\n    key_groups:\n      - age: [*me, *home]\n"
    );
    desk.write(".sops.yaml", &rules);
    let [theirs, ours] = encrypt(&desk, "a.enc.yaml");
    assert_eq!(block(&ours.text()), block(&theirs.text()));
}

#[test]
fn a_rule_that_is_malformed_stops_its_own_files_alone() {
    let desk = Desk::new();
    let me = &desk.recipient;
    desk.write(
        ".sops.yaml",
        format!(
            "creation_rules:\n  - path_regex: ^staging\n    age: STAGING_AGE_KEY\n  - path_regex: \\.enc\\.yaml$\n    age: {me}\n"
        ),
    );
    let [theirs, ours] = encrypt(&desk, "a.enc.yaml");
    let sealed = ours.text();
    assert_eq!(block(&sealed), block(&theirs.text()));
    let [theirs, ours] = encrypt(&desk, "staging.enc.yaml");
    assert_eq!(ours.status, theirs.status, "{}", ours.stderr);
    assert!(ours.stderr.contains("rule 1"), "{}", ours.stderr);
    for name in ["a.enc.yaml", "staging.enc.yaml"] {
        desk.write(name, &sealed);
    }
    let all = desk.ours(&["updatekeys", "-y", "--all"]);
    assert_eq!(all.status, 1, "{}", all.stderr);
    assert!(all.stderr.contains("staging.enc.yaml"), "{}", all.stderr);
    assert!(all.stderr.contains("failed: 1"), "{}", all.stderr);
    assert!(
        all.stderr.contains("left as they were: 1"),
        "{}",
        all.stderr
    );
    let opened = desk.ours(&["decrypt", "--all", "-i"]);
    assert_eq!(opened.status, 0, "{}", opened.stderr);
    assert_eq!(desk.read("staging.enc.yaml"), SECRET);
}

#[test]
fn a_rule_takes_fields_from_elsewhere() {
    let desk = Desk::new();
    let me = &desk.recipient;
    let second = desk.ours(&["keygen", "-o", "second"]).stderr;
    let second = second.trim().rsplit(' ').next().unwrap().to_owned();
    for rule in [
        "{<<: *mine}",
        "{<<: [*mine, *other]}",
        "{<<: [*none, *other, *mine]}",
        "{encrypted_regex: ^data$, <<: *mine}",
        "{key_groups: [{<<: *listed}]}",
        "{<<: *nested}",
    ] {
        desk.write(
            ".sops.yaml",
            format!(
                "mine: &mine {{age: {me}, encrypted_regex: ^stringData$}}\nother: &other {{age: {second}, path_regex: nowhere}}\nlisted: &listed {{age: [{me}]}}\nnested: &nested {{<<: *mine, path_regex: a}}\nnone: &none {{}}\ncreation_rules:\n  - {rule}\n  - age: {me},{second}\n"
            ),
        );
        let [theirs, ours] = encrypt(&desk, "a.enc.yaml");
        assert_eq!(block(&ours.text()), block(&theirs.text()), "{rule}");
    }
}
