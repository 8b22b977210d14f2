//! What other programs can see of ours.

use super::{COMMENT, PIPED, VALUE, desk};

/// What a program that we start writes down: its arguments and variables, and ours.
const PROBE: &str = "for it in $$ $PPID; do tr '\\0' '\\n' < /proc/$it/cmdline; tr '\\0' '\\n' < /proc/$it/environ; done >> seen\nps -e -o args >> seen 2>/dev/null\n";

#[test]
fn no_process_has_a_secret_among_its_arguments_or_variables() {
    let desk = desk();
    desk.write("key.sh", format!("{PROBE}cat key.txt\n"));
    desk.write("editor.sh", format!("{PROBE}echo \"k$$: b\" >> \"$1\"\n"));
    let text = format!("stringData:\n  password: {VALUE}\n  # {COMMENT}\n  other: x\n");
    desk.write("e.yaml", &text);
    assert_eq!(desk.sops(&["encrypt", "-i", "e.yaml"]).status, 0);
    for arguments in [
        &["edit", "e.yaml"][..],
        &["edit", "-s", "e.yaml"],
        &[
            "set",
            "--value-stdin",
            "e.yaml",
            "[\"stringData\"][\"other\"]",
        ],
        &["unset", "e.yaml", "[\"stringData\"][\"other\"]"],
        &["rotate", "-i", "e.yaml"],
        &["decrypt", "e.yaml"],
        &["decrypt", "-i", "e.yaml"],
    ] {
        let _ = std::fs::remove_file(desk.path("seen"));
        let mut command = desk.program(true);
        command
            .env_remove("SOPS_AGE_KEY_FILE")
            .env("SOPS_AGE_KEY_CMD", "sh key.sh")
            .env("EDITOR", "sh editor.sh")
            .args(arguments);
        let outcome = desk.pipe_to(command, &format!("\"{PIPED}\""));
        assert_eq!(outcome.status, 0, "{arguments:?}: {}", outcome.stderr);
        let seen = desk.read("seen");
        assert!(
            seen.contains("SOPS_AGE_KEY_CMD=sh key.sh"),
            "{arguments:?}: {seen}"
        );
        for canary in [VALUE, COMMENT, PIPED, "AGE-SECRET-KEY-"] {
            assert!(!seen.contains(canary), "{arguments:?}: {seen}");
        }
    }
}
