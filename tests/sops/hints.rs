//! Hints name what the program has.

use std::process::Command;

use crate::desk::Desk;

#[test]
fn without_a_cluster_only_flags_are_named_that_there_are() {
    let desk = Desk::new();
    desk.write(
        ".sops.yaml",
        format!("creation_rules:\n  - age: {}\n", desk.recipient),
    );
    for arguments in [
        &["bootstrap"][..],
        &["check"],
        &["rotate-key"],
        &["backup", "-o", "b.age", "--age", &desk.recipient],
        &["check", "--kubeconfig", "none"],
        &["check", "--server", "http://127.0.0.1:1"],
    ] {
        let outcome = desk.ours(arguments);
        let said = &outcome.stderr;
        assert_eq!(outcome.status, 2, "{arguments:?}: {said}");
        let help = desk.ours(&[arguments[0], "--help"]).text();
        let hints = said.lines().filter_map(|line| line.strip_prefix("hint: "));
        let named: Vec<&str> = hints
            .flat_map(|hint| hint.split([' ', ',', ':']))
            .filter(|word| word.starts_with("--"))
            .collect();
        assert!(
            !named.is_empty() || said.contains("check the context"),
            "{arguments:?}: {said}"
        );
        for flag in named {
            assert!(help.contains(flag), "{arguments:?} has no {flag}: {said}");
        }
    }
}

#[test]
fn help_says_of_no_flag_that_it_is_refused() {
    let desk = Desk::new();
    for verb in ["encrypt", "decrypt", "edit", "rotate", "updatekeys"] {
        let help = desk.ours(&[verb, "--help"]).text();
        let headings: Vec<&str> = help
            .lines()
            .filter(|line| !line.starts_with(' ') && line.ends_with(':'))
            .collect();
        let expected = ["Arguments:", "Options:", "Global Options:"];
        assert_eq!(headings, expected, "{verb}: {help}");
    }
}

#[test]
fn places_that_are_named_and_empty_are_told() {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .sops(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    for (variable, words) in [
        ("SOPS_AGE_KEY_FILE", "SOPS_AGE_KEY_FILE: it names no file"),
        ("SOPS_AGE_KEY_CMD", "a command is empty"),
    ] {
        let mut ours = desk.program(true);
        ours.env_remove("SOPS_AGE_KEY_FILE").env(variable, "");
        let outcome = desk.pipe_to(with(ours, &["decrypt", "e.yaml"]), "");
        assert_eq!(outcome.status, 128, "{variable}");
        assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
    }
    let mut ours = desk.program(true);
    ours.env("SOPS_AGE_KEY_FILE", "");
    let made = desk.pipe_to(with(ours, &["bootstrap", "--export"]), "");
    assert_eq!(made.status, 0, "{}", made.stderr);
    assert!(desk.path(".config/sops/age/keys.txt").exists());
}

fn with(mut command: Command, arguments: &[&str]) -> Command {
    command.args(arguments);
    command
}
