//! Files that were encrypted by another rule than theirs of today.

use std::collections::BTreeSet;

use super::pasted;
use super::tree::{SEALED, SECRET, found, other, sound};
use crate::desk::Desk;

const RULE: &str = "encrypted_regex: ^(data|stringData)$";

/// A sound tree whose rule says something else by now.
fn with_rule(says: &str) -> Desk {
    let desk = sound();
    let before = desk.read(".sops.yaml");
    assert!(before.contains(RULE), "{before}");
    desk.write(".sops.yaml", before.replace(RULE, says));
    desk
}

/// What is told of it: message and remedy.
fn told(desk: &Desk) -> Vec<(String, String)> {
    pasted::told(desk, "files/rule-differs", ".")
}

fn paste(desk: &Desk, remedy: &str) {
    let done = pasted::paste(desk, remedy, ".");
    assert!(done.status.success(), "{remedy}: {done:?}");
}

#[test]
fn a_file_that_its_rule_would_write_otherwise_is_told_and_mended() {
    for (says, expected) in [
        (
            "encrypted_regex: ^(name|stringData)$",
            "is encrypted by encrypted_regex ^(data|stringData)$, and rule 1 of .sops.yaml says encrypted_regex ^(name|stringData)$, so that metadata.name stands there in plain",
        ),
        (
            "encrypted_regex: ^data$",
            "is encrypted by encrypted_regex ^(data|stringData)$, and rule 1 of .sops.yaml says encrypted_regex ^data$, so that stringData.redis-password stands there encrypted",
        ),
        // Nothing in the file stands otherwise; what is added to it would.
        (
            "encrypted_regex: ^stringData$",
            "is encrypted by encrypted_regex ^(data|stringData)$, and rule 1 of .sops.yaml says encrypted_regex ^stringData$",
        ),
        (
            "encrypted_comment_regex: secret",
            "is encrypted by encrypted_regex ^(data|stringData)$, and rule 1 of .sops.yaml says encrypted_comment_regex secret",
        ),
        (
            "encrypted_regex: ^(data|stringData)$\n    mac_only_encrypted: true",
            "has a MAC of all its values, and rule 1 of .sops.yaml says mac_only_encrypted",
        ),
    ] {
        let desk = with_rule(says);
        let all = told(&desk);
        let [(message, remedy)] = all.as_slice() else {
            panic!("{says}: {all:?}");
        };
        assert_eq!(message, expected, "{says}");
        paste(&desk, remedy);
        assert_eq!(told(&desk), [], "{says}: {}", desk.read(SEALED));
        let opened = desk.sops(&["decrypt", SEALED]);
        assert!(opened.text().contains("redis-password: hunter2"), "{says}");
    }
}

#[test]
fn other_words_for_the_same_and_what_a_rule_leaves_open_are_not_told() {
    for says in [
        "encrypted_regex: ^(stringData|data)$",
        "encrypted_regex: ^(?:data|stringData)",
        "unencrypted_regex: ^(apiVersion|kind|metadata|type)$",
        "mac_only_encrypted: false",
    ] {
        let desk = with_rule(says);
        let found = found(&desk, &["--check", "files/rule-differs"]);
        assert!(found.is_empty(), "{says}: {found:?}");
    }
}

#[test]
fn a_threshold_of_key_groups_is_told_and_mended() {
    let desk = sound();
    let me = &desk.recipient;
    let others: Vec<String> = (0..2)
        .map(|_| {
            let key = desk.ours(&["keygen"]).text();
            let public = key
                .lines()
                .find_map(|line| line.strip_prefix("# public key: "));
            public.unwrap().to_owned()
        })
        .collect();
    let rules = |threshold: &str| {
        let [one, two] = others.as_slice() else {
            unreachable!("there are two");
        };
        let groups = format!("[{{age: [{me}]}}, {{age: [{me}, {one}]}}, {{age: [{me}, {two}]}}]");
        desk.write(
            ".sops.yaml",
            format!("creation_rules:\n  - {RULE}\n    {threshold}key_groups: {groups}\n"),
        );
    };
    rules("shamir_threshold: 2\n    ");
    desk.write("groups.enc.yaml", super::tree::SECRET);
    assert_eq!(desk.sops(&["encrypt", "-i", "groups.enc.yaml"]).status, 0);
    std::fs::remove_file(desk.path(SEALED)).unwrap();
    assert_eq!(told(&desk), []);
    // A rule that says nothing leaves it to the file.
    rules("");
    assert_eq!(told(&desk), []);
    rules("shamir_threshold: 3\n    ");
    let all = told(&desk);
    let [(message, remedy)] = all.as_slice() else {
        panic!("{all:?}");
    };
    assert_eq!(
        message,
        "takes 2 key groups to open, and rule 1 of .sops.yaml says 3"
    );
    paste(&desk, remedy);
    assert_eq!(told(&desk), []);
    assert_eq!(desk.sops(&["decrypt", "groups.enc.yaml"]).status, 0);
}

#[test]
fn one_of_several_key_groups_is_no_key_that_opens_nothing() {
    let desk = sound();
    let (second, _) = other(&desk);
    let groups = |own: &str| {
        desk.write(
            ".sops.yaml",
            format!("creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    shamir_threshold: 2\n    key_groups:\n      - age: [{own}]\n      - age: [{second}]\n"),
        );
        desk.write(SEALED, SECRET);
        assert_eq!(desk.sops(&["encrypt", "-i", SEALED]).status, 0);
        found(&desk, &[])
    };
    assert_eq!(groups(&desk.recipient), BTreeSet::new());
    let found = groups(&other(&desk).0);
    assert!(
        found.iter().any(|line| line.contains("keys/opens-nothing")),
        "{found:?}"
    );
}
