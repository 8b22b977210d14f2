//! Hints name what the program has.

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
