//! Standard output and standard error whose reader went away, as `| head` does: silence, and the same status.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::desk::Desk;

const CLOSED: [&str; 2] = ["stdout", "stderr"];

/// Runs it with one of its streams closed.
fn unheard(mut command: Command, closed: &str, answers: &str) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    match closed {
        "stdout" => command.stdout(writer),
        _ => command.stderr(writer),
    };
    let mut running = command.spawn().unwrap();
    drop(command);
    let _ = running.stdin.take().unwrap().write_all(answers.as_bytes());
    running.wait_with_output().unwrap()
}

/// Two files that are for one key, and a rule that names another one, too.
fn desk() -> Desk {
    let desk = Desk::new();
    let (me, other) = (&desk.recipient, &Desk::new().recipient);
    for name in ["a.yaml", "b.yaml"] {
        desk.write(name, "password: hunter2\n");
        let done = desk.ours(&["encrypt", "-i", "--age", me, name]);
        assert_eq!(done.status, 0, "{}", done.stderr);
    }
    let rules = format!("creation_rules:\n  - age: {me},{other}\n");
    desk.write(".sops.yaml", rules);
    desk
}

#[test]
fn what_nobody_reads_changes_no_status() {
    for closed in CLOSED {
        for arguments in [
            &["updatekeys", "a.yaml", "b.yaml"][..],
            &["updatekeys", "--yes", "a.yaml", "b.yaml"],
            &["updatekeys", "--yes", "--dry-run", "a.yaml", "b.yaml"],
            &["updatekeys", "a.yaml"],
            &["rotate", "-i", "a.yaml", "b.yaml"],
            &["decrypt", "a.yaml", "b.yaml"],
            &["keygen", "-o", "new.txt"],
        ] {
            let desk = desk();
            let mut command = desk.program(true);
            command.args(arguments);
            let done = unheard(command, closed, "y\n");
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(
                done.status.code(),
                Some(0),
                "{closed} {arguments:?}: {said}"
            );
            assert!(!said.contains("panicked"), "{closed} {arguments:?}: {said}");
        }
    }
}

#[test]
fn recipients_do_not_move_the_cursor() {
    let desk = desk();
    let text = desk.read("a.yaml");
    let from = format!("recipient: {}", desk.recipient);
    assert!(text.contains(&from), "{text}");
    desk.write(
        "a.yaml",
        text.replace(&from, "recipient: \"age1\\e[31mred\""),
    );
    for arguments in [
        &["updatekeys", "a.yaml"][..],
        &["updatekeys", "--dry-run", "a.yaml"],
    ] {
        let said = desk.piped(true, arguments, "n\n").text_of_any();
        assert!(said.contains("red") && !said.contains('\u{1b}'), "{said:?}");
    }
}
