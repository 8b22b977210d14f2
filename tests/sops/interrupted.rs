//! Ctrl-C at a terminal: it shows again what is typed, files are whole, and nothing stays behind.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tests::kill::{self, Point};
use tests::program;

use crate::desk::Desk;
use crate::locked;

/// Runs our program at a terminal of its own, types Ctrl-C once `until` is seen, and tells what the terminal
/// showed, the program's status and the terminal's state at the end. Nothing where `until` was never seen.
fn interrupt(desk: &Desk, arguments: &str, until: &str) -> Option<String> {
    let program = program::path("flux-sops-age");
    let line = format!(
        "trap : INT; '{}' {arguments}; echo \"[status $?]\"; stty -a",
        program.display()
    );
    // Tests that run in the background of a script were told to ignore Ctrl-C, and no shell could undo that.
    let mut command = Command::new("env");
    desk.configure(&mut command);
    let mut running = command
        .args(["--default-signal=INT", "script"])
        .args(["-q", "-c", &line, "/dev/null"])
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut typed, mut screen) = (
        running.stdin.take().unwrap(),
        running.stdout.take().unwrap(),
    );
    let mut shown = Vec::new();
    let mut byte = [0];
    let mut is_typed = false;
    while screen.read(&mut byte).unwrap() == 1 {
        shown.push(byte[0]);
        if !is_typed && shown.ends_with(until.as_bytes()) {
            typed.write_all(b"\x03").unwrap();
            is_typed = true;
        }
    }
    running.wait().unwrap();
    is_typed.then(|| String::from_utf8_lossy(&shown).into_owned())
}

#[test]
fn a_passphrase_that_is_not_given_leaves_the_terminal_as_it_was() {
    let desk = locked::desk();
    let shown = interrupt(&desk, "decrypt e.yaml", "key.txt: ").unwrap();
    let (_, after) = shown.split_once("[status 130]").expect(&shown);
    assert!(
        after.contains(" echo ") && !after.contains("-echo "),
        "{after}"
    );
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn many_files_are_whole_and_the_bar_is_gone() {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    std::fs::create_dir(desk.path("many")).unwrap();
    desk.write(
        ".sops.yaml",
        format!("creation_rules: [{{age: {}}}]\n", desk.recipient),
    );
    // As many as take this machine longer than a bar waits, and not done while Ctrl-C is typed.
    let seen = [1_000, 4_000, 16_000, 64_000]
        .into_iter()
        .find_map(|count| {
            (0..count).for_each(|number| desk.write(&format!("many/{number}.yaml"), &sealed));
            let shown = interrupt(&desk, "rotate -i many", &format!("/{count} files"))?;
            (!shown.contains("[status 0]")).then_some(shown)
        });
    let shown = seen.expect("no bar was shown");
    let (before, _) = shown.split_once("[status 130]").expect(&shown);
    assert!(before.ends_with("\r\u{1b}[2K"), "{before:?}");
    let left = std::fs::read_dir(desk.path("many")).unwrap();
    for entry in left {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.ends_with(".yaml"), "{name}");
    }
    let opened = desk.ours(&["decrypt", "-i", "many"]);
    assert_eq!(opened.status, 0, "{}", opened.stderr);
}

/// How often a run may be done before it has heard of its signal.
const TRIES: usize = 100;

/// Runs a program, which gets the signal of Ctrl-C where a file has another name than its own.
fn named_when_interrupted(desk: &Desk, program: &Path, arguments: &[&str]) -> Option<i32> {
    let point = Point {
        call: "linkat".to_owned(),
        number: 1,
    };
    let configure = |command: &mut Command| {
        desk.configure(command);
        command.args(arguments);
    };
    let status = kill::run_until(program, &configure, &point, "SIGINT");
    let entries = std::fs::read_dir(desk.path("few")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strays: Vec<String> = names.filter(|name| name.starts_with('.')).collect();
    assert_eq!(strays, Vec::<String>::new(), "{arguments:?}");
    status.code()
}

#[test]
fn nothing_stays_behind_where_nobody_looks_on() {
    let desk = Desk::new();
    desk.write("a.yaml", "a: secret\n");
    let sealed = desk
        .ours(&["encrypt", "--age", &desk.recipient, "a.yaml"])
        .text();
    std::fs::create_dir(desk.path("few")).unwrap();
    desk.write(
        ".sops.yaml",
        format!("creation_rules: [{{age: {}}}]\n", desk.recipient),
    );
    let names: Vec<String> = (0..8).map(|number| format!("few/{number}.yaml")).collect();
    names.iter().for_each(|name| desk.write(name, &sealed));
    let ours = program::path("flux-sops-age");
    for arguments in [
        &["rotate", "-i", "few"][..],
        &["rotate", "-i", "few/0.yaml"],
    ] {
        // Who is done by then has not been interrupted, which shows nothing.
        let is_seen = (0..TRIES).any(|_| {
            let ended = named_when_interrupted(&desk, &ours, arguments);
            assert!(matches!(ended, Some(0 | 130)), "{ended:?}");
            ended == Some(130)
        });
        assert!(is_seen, "{arguments:?} was never interrupted");
    }
    names.iter().for_each(|name| desk.write(name, &sealed));
    let deaf = "trap '' INT; exec \"$0\" rotate -i few";
    let arguments = ["-c", deaf, ours.to_str().unwrap()];
    let ended = named_when_interrupted(&desk, Path::new("/bin/sh"), &arguments);
    assert_eq!(ended, Some(0));
    assert!(names.iter().all(|name| desk.read(name) != sealed));
    let opened = desk.ours(&["decrypt", "-i", "few"]);
    assert_eq!(opened.status, 0, "{}", opened.stderr);
}
