//! What only one of many readers would take, and what a run did not see: each is told.

use std::process::Command;

use crate::desk::Desk;

/// A desk where all of a folder is encrypted for its key.
fn desk() -> Desk {
    let desk = Desk::new();
    let rule = format!(
        "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    age: {}\n",
        desk.recipient
    );
    desk.write(".sops.yaml", rule);
    desk
}

#[test]
fn a_configuration_that_is_named_by_a_folder_below_rules_as_sops_has_it() {
    let desk = desk();
    std::fs::create_dir_all(desk.path("prod")).unwrap();
    desk.write("a.enc.yaml", "a: 1\n");
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - path_regex: ^a\\.enc\n    encrypted_regex: ^first$\n    age: {0}\n  - age: {0}\n", desk.recipient),
    );
    for ours in [true, false] {
        let mut command = desk.program(ours);
        command.args(["--config", "prod/../.sops.yaml", "encrypt", "a.enc.yaml"]);
        let said = desk.pipe_to(command, "").text();
        assert!(said.contains("encrypted_regex: ^first$"), "{ours}: {said}");
    }
}

#[test]
fn files_that_a_sparse_checkout_leaves_out_are_told() {
    let desk = desk();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        desk.configure(&mut command);
        command.args(["-c", "user.name=tests", "-c", "user.email=tests@almckay.io"]);
        let done = command.args(arguments).output().unwrap();
        assert!(done.status.success(), "git {arguments:?}: {done:?}");
    };
    git(&["init", "--quiet"]);
    for folder in ["here", "there"] {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        desk.write(&format!("{folder}/a.enc.yaml"), "a: 1\n");
        desk.write(&format!("{folder}/other.yaml"), "a: 1\n");
    }
    assert_eq!(desk.ours(&["encrypt", "-i", "--all"]).status, 0);
    git(&["add", "here", "there", ".sops.yaml"]);
    git(&["commit", "--quiet", "-m", "as it is"]);
    assert_eq!(desk.ours(&["rotate", "-i", "--all"]).status, 0);
    git(&["checkout", "--quiet", "."]);
    git(&["sparse-checkout", "set", "here"]);
    for verb in [
        &["rotate", "-i"][..],
        &["updatekeys", "-y"],
        &["encrypt", "-i"],
        &["decrypt", "-i"],
    ] {
        let said = desk.ours(&[verb, &["--all"]].concat());
        assert_eq!(said.status, 3, "{verb:?}: {}", said.stderr);
        let note = "files that are not in this sparse checkout: 1; to have them: git sparse-checkout disable";
        assert!(said.stderr.contains(note), "{verb:?}: {}", said.stderr);
    }
    // What was not asked for is not missing.
    assert_eq!(desk.ours(&["encrypt", "-i", "here"]).status, 0);
}

#[test]
fn a_question_mark_within_braces_keeps_its_quotes() {
    let desk = desk();
    desk.write(
        "a.enc.yaml",
        "a: {p: \"?x\", q: '?', r: [\"?y\", \"-z\"]}\n",
    );
    assert_eq!(desk.ours(&["encrypt", "-i", "a.enc.yaml"]).status, 0);
    let theirs = desk
        .sops(&["decrypt", "--output-type", "json", "a.enc.yaml"])
        .text();
    assert_eq!(desk.ours(&["decrypt", "-i", "a.enc.yaml"]).status, 0);
    assert!(
        desk.read("a.enc.yaml").contains("'?x'"),
        "{}",
        desk.read("a.enc.yaml")
    );
    desk.sops(&["encrypt", "-i", "a.enc.yaml"]).text();
    let again = desk
        .sops(&["decrypt", "--output-type", "json", "a.enc.yaml"])
        .text();
    assert_eq!(theirs, again);
}

#[test]
fn a_file_goes_from_plain_keys_to_key_groups_and_back() {
    let desk = desk();
    desk.write("a.enc.yaml", "a: 1\nb: {c: x}\n");
    desk.ours(&["encrypt", "-i", "a.enc.yaml"]).text();
    let plain = desk.read(".sops.yaml");
    let another = Desk::new();
    let other = &another.recipient;
    desk.write("key.txt", desk.read("key.txt") + &another.read("key.txt"));
    let groups = format!(
        "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    key_groups:\n      - age: [{}]\n      - age: [{other}]\n",
        desk.recipient
    );
    for rules in [&groups, &plain, &groups, &plain] {
        desk.write(".sops.yaml", rules);
        desk.ours(&["updatekeys", "-y", "a.enc.yaml"]).text();
        let text = desk.read("a.enc.yaml");
        assert_eq!(text.contains("key_groups"), *rules == groups, "{text}");
        assert_eq!(text.contains(other), *rules == groups, "{text}");
        let opened = desk.sops(&["decrypt", "a.enc.yaml"]).text();
        assert!(opened.starts_with("a: 1\n"), "{opened}");
    }
}

#[test]
fn a_byte_order_mark_that_would_become_part_of_a_key_is_refused() {
    let desk = desk();
    for (text, is_taken) in [
        ("\u{feff}a: 1\n", true),
        ("a: \"x\u{feff}\"\nb: |\n  \u{feff}c\n", true),
        ("# c\n\u{feff}a: 1\n", false),
        ("a: 1\n---\n\u{feff}b: 1\n", false),
        ("a:\n  \u{feff}b: 1\n", false),
    ] {
        desk.write("a.enc.yaml", text);
        let said = desk.ours(&["encrypt", "a.enc.yaml"]);
        assert_eq!(said.status == 0, is_taken, "{text:?}: {}", said.stderr);
        assert!(
            is_taken || said.stderr.contains("byte order mark") || said.stderr.contains("BOM"),
            "{text:?}: {}",
            said.stderr
        );
    }
}

#[test]
fn a_name_in_a_remedy_can_be_pasted() {
    let desk = desk();
    desk.write("a b.enc.yaml", "a: 1\n");
    std::fs::hard_link(desk.path("a b.enc.yaml"), desk.path("c")).unwrap();
    let said = desk.ours(&["encrypt", "-i", "a b.enc.yaml"]).stderr;
    assert!(said.contains("-samefile 'a b.enc.yaml'"), "{said}");
    let said = desk.ours(&["secret", "redis", "a b"]).stderr;
    assert!(said.contains("flux sops-age edit 'a b.enc.yaml'"), "{said}");
}
