//! `edit`: with editors that are scripts, beside sops where sops is to be matched.

mod kept;
mod traces;

use std::process::Command;

use crate::desk::{Desk, Outcome};

const TEXT: &str = "# head\nstringData:\n    password: hunter2\n    more: x\n";
/// Puts another password into what it is given.
const CHANGE: &str = "sed -i s/hunter2/other/ \"$1\"";

/// A desk with `e.yaml`, and an editor that is a script.
struct Editing {
    desk: Desk,
    sealed: String,
}

impl Editing {
    fn new(script: &str) -> Editing {
        let desk = Desk::new();
        desk.write("plain.yaml", TEXT);
        let sealed = desk
            .sops(&["encrypt", "--age", &desk.recipient, "plain.yaml"])
            .text();
        desk.write("e.yaml", &sealed);
        desk.write("editor.sh", script);
        Editing { desk, sealed }
    }

    fn command(&self, ours: bool, arguments: &[&str]) -> Command {
        let mut command = self.desk.program(ours);
        command
            .env("EDITOR", "sh editor.sh")
            .env("TMPDIR", self.desk.path("."))
            .args(arguments);
        command
    }

    fn ours(&self, arguments: &[&str]) -> Outcome {
        self.command(true, arguments).output().unwrap().into()
    }

    /// What sops reads in the file.
    #[track_caller]
    fn plain(&self) -> String {
        self.desk.sops(&["decrypt", "e.yaml"]).text()
    }
}

#[test]
fn what_the_editor_makes_is_encrypted_and_all_else_stays() {
    let editing = Editing::new(CHANGE);
    assert_eq!(editing.ours(&["edit", "e.yaml"]).status, 0);
    assert_eq!(editing.plain(), TEXT.replace("hunter2", "other"));
    // The value beside it keeps its ciphertext.
    let line = |text: &str| {
        text.lines()
            .find(|line| line.contains("more:"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(line(&editing.desk.read("e.yaml")), line(&editing.sealed));
}

#[test]
fn editors_are_found_and_fail_as_in_sops() {
    let editing = Editing::new("exit 0");
    let both = |set: &[(&str, &str)], arguments: &[&str]| {
        let run = |ours| {
            let mut command = editing.command(ours, arguments);
            command.envs(set.iter().copied());
            Outcome::from(command.output().unwrap())
        };
        let (ours, theirs) = (run(true), run(false));
        assert_eq!(
            ours.status, theirs.status,
            "{set:?}: {} | {}",
            ours.stderr, theirs.stderr
        );
        assert_eq!(editing.desk.read("e.yaml"), editing.sealed);
        ours.status
    };
    let edit = ["edit", "e.yaml"];
    assert_eq!(both(&[], &edit), 200);
    assert_eq!(both(&[("EDITOR", "false")], &edit), 201);
    assert_eq!(both(&[("EDITOR", "/nonexistent/editor")], &edit), 201);
    assert_eq!(both(&[("EDITOR", "sh 'torn")], &edit), 201);
    assert_eq!(both(&[("SOPS_EDITOR", "false")], &edit), 201);
    assert_eq!(
        both(&[("EDITOR", "false"), ("SOPS_EDITOR", "true")], &edit),
        200
    );
    assert_eq!(
        both(&[("EDITOR", ""), ("PATH", "/nonexistent")], &edit),
        201
    );
    assert_eq!(both(&[], &["edit"]), 100);
}

#[test]
fn a_new_file_is_made_by_the_rule() {
    let editing = Editing::new("printf 'stringData:\\n  password: hunter2\\n' > \"$1\"");
    let rule = format!(
        "creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^stringData$\n    age: {}\n",
        editing.desk.recipient
    );
    editing.desk.write(".sops.yaml", rule);
    assert_eq!(editing.ours(&["edit", "new.enc.yaml"]).status, 0);
    let sealed = editing.desk.read("new.enc.yaml");
    assert!(sealed.contains("encrypted_regex: ^stringData$") && !sealed.contains("hunter2"));
    let plain = editing.desk.sops(&["decrypt", "new.enc.yaml"]).text();
    assert_eq!(plain, "stringData:\n    password: hunter2\n");
    // What no rule covers is not made.
    assert_eq!(editing.ours(&["edit", "other.yaml"]).status, 1);
    assert!(!editing.desk.path("other.yaml").exists());
}

#[test]
fn the_editor_opens_again_on_what_cannot_be_read() {
    // The first time it leaves nonsense, the second time it finds it, and mends it.
    let editing = Editing::new(
        "if grep -q 'x: \\[' \"$1\"; then echo 'x: mended' > \"$1\"; else echo 'x: [' > \"$1\"; fi",
    );
    let again = editing
        .desk
        .pipe_to(editing.command(true, &["edit", "e.yaml"]), "\n");
    assert_eq!(again.status, 0, "{}", again.stderr);
    assert!(again.stderr.contains("press enter"), "{}", again.stderr);
    assert_eq!(editing.plain(), "x: mended\n");
    // Nobody presses enter: the file stays.
    editing.desk.write("e.yaml", &editing.sealed);
    let left = editing.ours(&["edit", "e.yaml"]);
    assert_eq!(left.status, 2, "{}", left.stderr);
    assert_eq!(editing.desk.read("e.yaml"), editing.sealed);
    // The name of sops's own is no sign of an encrypted file here.
    editing.desk.write("editor.sh", "echo 'sops: x' >> \"$1\"");
    let set = editing.ours(&["set", "e.yaml", "[\"sops\"]", "\"x\""]);
    for taken in [editing.ours(&["edit", "e.yaml"]), set] {
        let said = &taken.stderr;
        assert_eq!(taken.status, 203, "{said}");
        assert!(said.contains("choose another name"), "{said}");
    }
}

#[test]
fn keys_are_edited_where_they_are_shown() {
    let editing = Editing::new("cp \"$1\" shown; sh more.sh \"$1\"");
    let other = editing.desk.ours(&["keygen", "-o", "other"]).stderr;
    let other = other.trim().rsplit(' ').next().unwrap();
    editing.desk.write(
        "more.sh",
        format!("{CHANGE}; sed -i 's/^    age:$/    age:\\n        - recipient: {other}/' \"$1\""),
    );
    let edited = editing.ours(&["edit", "-s", "e.yaml"]);
    assert_eq!(edited.status, 0, "{}", edited.stderr);
    let shown = editing.desk.read("shown");
    assert!(
        shown.contains("hunter2") && shown.contains("BEGIN AGE ENCRYPTED FILE"),
        "{shown}"
    );
    let expected = TEXT.replace("hunter2", "other");
    assert_eq!(editing.plain(), expected);
    std::fs::rename(editing.desk.path("other"), editing.desk.path("key.txt")).unwrap();
    assert_eq!(editing.plain(), expected);
    // Without it they are not shown.
    assert_eq!(editing.ours(&["edit", "e.yaml"]).status, 200);
    assert!(!editing.desk.read("shown").contains("sops:"));
}
