//! Key files and ssh keys under a passphrase, which is asked for at a terminal.

use std::path::Path;
use std::process::Command;

use tests::parts::part;
use tests::terminal::{self, PRINTED, TOLD};

use crate::desk::{Desk, Outcome};

const PASSPHRASE: &str = "correct horse battery staple";

/// Runs a program at a terminal of its own, where `typed` is typed. What it prints is in `stdout`.
fn at_a_terminal(desk: &Desk, program: &Path, arguments: &[&str], typed: &str) -> Outcome {
    let mut command = terminal::at_a_terminal(program, arguments);
    desk.configure(&mut command);
    let outcome = desk.pipe_to(command, typed);
    Outcome {
        status: outcome.status,
        stdout: desk.read(PRINTED).into_bytes(),
        stderr: desk.read(TOLD),
    }
}

/// A desk whose key file is locked, and a file that its key opens.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .sops(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    let typed = format!("{PASSPHRASE}\n{PASSPHRASE}\n");
    let locked = at_a_terminal(
        &desk,
        &part("age"),
        &["-p", "-o", "locked", "key.txt"],
        &typed,
    );
    assert_eq!(locked.status, 0, "{}", locked.stderr);
    std::fs::rename(desk.path("locked"), desk.path("key.txt")).unwrap();
    desk
}

#[test]
fn a_locked_key_file_opens_with_its_passphrase() {
    let desk = desk();
    let ours = tests::program::path("flux-sops-age");
    let opened = at_a_terminal(
        &desk,
        &ours,
        &["decrypt", "e.yaml"],
        &format!("{PASSPHRASE}\n"),
    );
    assert_eq!(opened.status, 0, "{}", opened.stderr);
    assert_eq!(opened.stdout, b"a: secret\n");
    assert!(!opened.stderr.contains(PASSPHRASE));
    let wrong = at_a_terminal(&desk, &ours, &["decrypt", "e.yaml"], "wrong\n");
    assert_eq!(wrong.status, 128, "{}", wrong.stderr);
    assert!(
        wrong
            .stderr
            .contains("key.txt: the passphrase does not open it"),
        "{}",
        wrong.stderr
    );
    assert_eq!(wrong.stdout, b"");
}

#[test]
fn a_passphrase_is_asked_for_once_for_many_files() {
    let desk = desk();
    let ours = tests::program::path("flux-sops-age");
    desk.write("f.yaml", desk.read("e.yaml"));
    desk.write("g.yaml", desk.read("e.yaml"));
    let arguments = ["decrypt", "e.yaml", "f.yaml", "g.yaml"];
    let opened = at_a_terminal(&desk, &ours, &arguments, &format!("{PASSPHRASE}\n"));
    assert_eq!(opened.status, 0, "{}", opened.stderr);
    assert_eq!(
        opened.stdout,
        b"a: secret\n---\na: secret\n---\na: secret\n"
    );
}

#[test]
fn a_locked_ssh_key_opens_with_its_passphrase() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path(".ssh")).unwrap();
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", PASSPHRASE, "-C", "", "-f"])
        .arg(desk.path(".ssh/id_ed25519"))
        .status()
        .unwrap();
    assert!(made.success());
    let public = desk.read(".ssh/id_ed25519.pub");
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .sops(&["encrypt", "--age", public.trim(), "a.yaml"])
        .text();
    desk.write("e.yaml", sealed);
    let ours = tests::program::path("flux-sops-age");
    let opened = at_a_terminal(
        &desk,
        &ours,
        &["decrypt", "e.yaml"],
        &format!("{PASSPHRASE}\n"),
    );
    assert_eq!(opened.status, 0, "{}", opened.stderr);
    assert_eq!(opened.stdout, b"a: secret\n");
}

#[test]
fn where_nobody_can_be_asked_it_is_said() {
    let desk = desk();
    let mut command = Command::new("setsid");
    desk.configure(&mut command);
    command
        .arg(tests::program::path("flux-sops-age"))
        .args(["decrypt", "e.yaml"]);
    let outcome = Outcome::from(command.output().unwrap());
    assert_eq!(outcome.status, 128);
    assert!(
        outcome.stderr.contains("key.txt: no passphrase was given"),
        "{}",
        outcome.stderr
    );
}
